-- The reconciliations: what the report prints against what its own figures give.

create view reconciliation as
select
    as_of,
    null::varchar as dataset,
    null::varchar as check_name,
    null::varchar as subject,
    null::varchar as unit,
    null::decimal(18, 3) as expected,
    null::decimal(18, 3) as actual,
    null::decimal(18, 3) as difference,
    null::boolean as holds,
    null::varchar as note,
    null::varchar as table_name,
    null::varchar as column_name,
    null::varchar as row_key
from edition
where false;

create view dataset_verdict as
select as_of, dataset, count(*) as check_count, count(*) filter (not holds) as open_count
from reconciliation
group by as_of, dataset;
