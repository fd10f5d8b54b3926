create table if not exists metrics (
    metric varchar primary key,
    unit varchar not null,
    title varchar not null,
    counts varchar not null
);

comment on table metrics is 'One row per figure that is read out of prose.';
comment on column metrics.metric is 'Code';
comment on column metrics.unit is 'Unit it is usually stated in';
comment on column metrics.title is 'Name, in Chinese';
comment on column metrics.counts is 'What it counts, in Chinese';
