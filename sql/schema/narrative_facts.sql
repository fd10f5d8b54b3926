create table if not exists narrative_facts (
    report_id varchar not null,
    section_no integer,
    metric varchar not null,
    qualifier varchar,
    value decimal(20, 4),
    unit varchar,
    is_approximate boolean,
    sentence varchar
);

comment on table narrative_facts is 'One row per figure stated in prose.';
comment on column narrative_facts.report_id is 'Report the figure stands in';
comment on column narrative_facts.section_no is
'Section it stands in; null where it stands under none of the six headings';
comment on column narrative_facts.metric is 'What is counted or measured';
comment on column narrative_facts.qualifier is 'Which part of it';
comment on column narrative_facts.value is 'The number stated';
comment on column narrative_facts.unit is 'Unit of value';
comment on column narrative_facts.is_approximate is
'Whether the prose says about, more than or nearly';
comment on column narrative_facts.sentence is 'The sentence it stands in';
