-- purpose: the three tables of the official format, by the section they stand in
-- grain: One row per table.
-- key: table_name
-- inputs: -
with

official_tables (table_name, title) as (
    values
    ('disclosure', '二、主动公开政府信息情况'),
    ('requests', '三、收到和处理政府信息公开申请情况'),
    ('disputes', '四、政府信息公开行政复议、行政诉讼情况')
)

select
    table_name,
    title
from official_tables
