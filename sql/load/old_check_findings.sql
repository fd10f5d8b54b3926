-- purpose: findings of the SQL checks go before these run again
-- inputs: findings, rules
delete from findings
where
    rule in (
        select rule from rules
        where origin = 'sql'
    )
