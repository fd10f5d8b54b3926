-- purpose: keys that the schema does not hold by itself
-- grain: One row per key that occurs more than once.
-- scope: report
-- inputs: reports, facts, sections, repairs, report_rows, report_totals, indicators, applicants
with

cells as (
    select
        indicators.indicator,
        applicants.applicant,
        row_number() over () - 1 as cell_no
    from indicators
    cross join (
        select applicant from applicants
        union all
        select null as applicant
    ) as applicants
),

-- a bit a cell: proves the key of millions of facts in a few bytes a report
repeated_facts as (
    select facts.report_id
    from facts
    inner join cells
        on
            facts.indicator = cells.indicator
            and facts.applicant is not distinct from cells.applicant
    group by facts.report_id
    having count(*) > bit_count(bitstring_agg(cells.cell_no, 0, 4095))
)

select 'reports: report_id ' || report_id || ' occurs ' || count(*) || ' times' as breach
from reports
group by report_id
having count(*) > 1

union all

select 'facts: report ' || report_id || ' has a cell twice' as breach
from repeated_facts

union all

select 'sections: report ' || report_id || ' has section ' || section_no || ' twice' as breach
from sections
group by report_id, section_no
having count(*) > 1

union all

select 'repairs: report ' || report_id || ' has step ' || step || ' twice' as breach
from repairs
group by report_id, step
having count(*) > 1

union all

select 'report_rows: report ' || report_id || ' has a row twice' as breach
from report_rows
group by report_id
having count(*) > count(distinct indicator)

union all

select 'report_totals: report ' || report_id || ' occurs ' || count(*) || ' times' as breach
from report_totals
group by report_id
having count(*) > 1
