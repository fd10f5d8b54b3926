-- purpose: a value as a cell of CSV after RFC 4180, null as an empty one. Decimals lose the zeros
--          their type adds; a text that Excel, LibreOffice or WPS would run as a formula gets an
--          apostrophe in front, for names and headings come from pages that anybody may have
--          written (owasp.org/www-community/attacks/CSV_Injection); full-width signs count, for
--          East Asian settings take them for the others. In SQL, since a year of the country has
--          hundreds of millions of cells.
-- inputs: -
create or replace temp macro csv_text(printed) as
case
    when regexp_matches(printed, '[",\r\n]') then '"' || replace(printed, '"', '""') || '"'
    else printed
end;

create or replace temp macro csv_cell(cell) as
coalesce(
    case
        when typeof(cell) = 'VARCHAR'
            then
                csv_text(
                    if(
                        regexp_matches(cast(cell as varchar), '^[=+\-@＝＋－＠\t\r\n\x00]'),
                        '''' || cast(cell as varchar),
                        cast(cell as varchar)
                    )
                )
        when starts_with(typeof(cell), 'DECIMAL')
            then
                if(
                    contains(cast(cell as varchar), '.'),
                    rtrim(rtrim(cast(cell as varchar), '0'), '.'),
                    cast(cell as varchar)
                )
        when typeof(cell) in ('DOUBLE', 'FLOAT')
            then nullif(regexp_replace(cast(cell as varchar), '\.0$', ''), 'nan')
        when starts_with(typeof(cell), 'TIMESTAMP')
            then replace(cast(cell as varchar), ' ', 'T')
        else csv_text(cast(cell as varchar))
    end,
    ''
);
