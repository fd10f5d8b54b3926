-- A number as a report prints it: no zeros behind the point. Takes DECIMAL with decimals.
create or replace macro printed_number(number) as
rtrim(rtrim(cast(number as varchar), '0'), '.');
