-- purpose: sentences that a section has in common with another report
-- grain: One row per current report, section and other report with a sentence of it.
-- key: report_id, section_no, other_report_id
-- inputs: reused_texts
select
    report_id,
    section_no,
    other_report_id,
    relation,
    count_sentences,
    count_same
from reused_texts
