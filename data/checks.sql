-- The reconciliations: what a source prints (expected) against what the figures give (actual).
-- Each subject has a view of its own with the same columns (amounts as doubles, exact below 2^53: DuckDB drops
-- the fractions where a union mixes decimals of different width); reconciliation puts them together with the
-- verdict and the note. table_name, column_name and row_key point at the cell that prints the figure, so that
-- the build can name its file and line; row_key joins the key cells of the CSV by ' / ' and is empty where
-- the printed figure is a sum of many cells or the rule's own (100 %).

create macro rounded(numerator, denominator, digits) as
    cast(
        (sign(numerator) * (
            (2 * abs(numerator)::hugeint * (case digits when 0 then 1 else 10 end) + denominator::hugeint)
            // (2 * nullif(denominator, 0)::hugeint)
        ))::decimal(18, 0)
        * (case digits when 0 then 1.0 else 0.1 end)::decimal(2, 1)
        as decimal(18, 3)
    );
comment on macro rounded is 'numerator / denominator as a report prints it: to 0 or 1 decimals, half away from zero, in whole numbers throughout. denominator > 0; empty where it is zero or missing.';

-- budget: sums, 증감액, 증감률, 징수율·집행률 ------------------------------------------------------

create view budget_check as
with amount as (
    select as_of, dataset, line_code, parent_code, path, position,
        (fiscal_year - 1) || '년 예산현액' as label, 'previous_budget' as column_name, previous_budget as amount
    from budget_tree join calendar using (as_of)
    union all
    select as_of, dataset, line_code, parent_code, path, position,
        fiscal_year || '년 예산현액', 'budget', budget
    from budget_tree join calendar using (as_of)
    union all
    select as_of, dataset, line_code, parent_code, path, position,
        case side when '세입' then '징수액' else '집행액' end, 'realised', realised
    from budget_tree
),
part_sum as (
    select as_of, parent_code as line_code, column_name, sum(coalesce(amount, 0)) as amount
    from amount
    where parent_code is not null
    group by as_of, parent_code, column_name
),
change as (
    select *, coalesce(budget, 0) - coalesce(previous_budget, 0) as derived
    from budget_tree
)
select as_of, dataset, '하위 항목 합계' as check_name, path || ', ' || label as subject, '천원' as unit,
    coalesce(amount.amount, 0)::double as expected, part_sum.amount::double as actual,
    'budget_line' as table_name, column_name, line_code as row_key
from amount
join part_sum using (as_of, line_code, column_name)
union all
select as_of, dataset, '증감액', path, '천원', change, derived, 'budget_line', 'change', line_code
from change
where change is not null or budget is not null or previous_budget is not null
union all
select as_of, dataset, '증감률', path, '%', change_percent, rounded(100 * derived, previous_budget, 1),
    'budget_line', 'change_percent', line_code
from change
where change_percent is not null or previous_budget > 0
union all
select as_of, dataset, case side when '세입' then '징수율' else '집행률' end, path, '%',
    realised_percent, rounded(100 * realised, budget, 1), 'budget_line', 'realised_percent', line_code
from budget_tree
where realised_percent is not null or (realised is not null and budget > 0);
comment on view budget_check is 'The two budget tables: sums over the hierarchy (an empty cell counts as zero), changes and rates as printed. One row per line and check.';

-- single figures --------------------------------------------------------------------------------

create view stated_figure_check as
with city as (
    select as_of, count(*) as district_count, sum(population) as population,
        sum(household_count) as household_count, sum(dong_count) as dong_count
    from district_profile
    group by as_of
),
dong_sum as (
    select as_of, sum(population) as population
    from dong_population
    group by as_of
),
stated as (
    pivot (select as_of, figure, value from stated_figure where dataset = 'district_fact')
    on figure in (
        'population', 'district_count', 'dong_count', 'budget_total', 'quota_district', 'quota_council',
        'quota_total', 'adjustment_grant', 'adjustment_grant_previous'
    )
    using any_value(value)
),
district_reference as (
    select sum(area_km2) as area, sum(budget_100m_won) as budget, sum(tong) as tong, sum(ban) as ban,
        sum((fiscal_independence_percent * 10)::hugeint * (general_account_100m_won * 10)::hugeint) as weighted,
        sum((general_account_100m_won * 10)::hugeint) as weight
    from district
),
-- What changes every year is compared only with an edition that it belongs to.
reference_year as (
    select as_of,
        budget.own_date between year_start and year_end as budget_fits,
        fiscal.own_date between year_start and year_end as fiscal_fits,
        year(neighbourhood.own_date) = fiscal_year - 1 as neighbourhood_fits
    from edition
    join dataset as budget on budget.dataset = 'district_budget'
    join dataset as fiscal on fiscal.dataset = 'fiscal_independence'
    join dataset as neighbourhood on neighbourhood.dataset = 'neighbourhood'
),
named as (
    select as_of, dataset, figure, population, household_count
    from stated_figure
    join district_profile using (as_of)
    where dataset = 'district_fact' and district_profile.district = stated_figure.subject
),
grant_line as (
    select as_of, previous_budget, budget
    from budget_line
    where line_code = 'expenditure.adjustment-grant'
),
visit as (
    select as_of, count(*) as visit_count
    from counselling_visit
    group by as_of
),
growth as (
    select as_of, use_count, lag(use_count) over (partition by as_of order by month) as previous_count
    from flexible_work_month
    qualify row_number() over (partition by as_of order by month desc) = 1
),
bureau as (
    select as_of,
        sum(head_count) filter (kind <> '위탁 법인') as head_count,
        count(*) filter (kind = '과') as section_count,
        count(*) filter (kind = '사업소') as office_count
    from department
    group by as_of
),
party as (
    select as_of,
        sum(participant_count) filter (kind = '지원단체') as support_group_count,
        sum(participant_count) filter (kind = '시의회') as council_count,
        sum(participant_count) filter (kind = '유관기관') as agency_count
    from participant
    group by as_of
),
derived (as_of, dataset, figure, check_name, actual) as (
    select as_of, 'organisation', 'head_count', '부서 인원 합계', head_count::double from bureau
    union all select as_of, 'organisation', 'section_count', '과의 수', section_count from bureau
    union all select as_of, 'organisation', 'office_count', '사업소의 수', office_count from bureau

    union all select as_of, 'district_fact', 'area', '자치구 면적 합계', area from edition cross join district_reference
    union all select as_of, 'district_fact', 'area', '행정동 면적 합계', area
        from (
            select edition.as_of, sum(area_km2) as area
            from edition join dong
                on edition.as_of between coalesce(valid_from, edition.as_of) and coalesce(valid_to, edition.as_of)
            group by edition.as_of
        )
    union all select as_of, 'district_fact', 'population', '자치구 인구 합계', population from city
    union all select as_of, 'district_fact', 'population', '행정동 인구 합계', population from dong_sum
    union all select as_of, 'district_fact', 'household_count', '자치구 세대 합계', rounded(household_count, 1000, 0) from city
    union all select as_of, 'district_fact', 'district_count', '자치구의 수', district_count from city
    union all select as_of, 'district_fact', 'dong_count', '행정동의 수', dong_count from city
    union all select as_of, 'district_fact', 'tong', '통의 수(2022년 말 통계)', tong
        from reference_year cross join district_reference where neighbourhood_fits
    union all select as_of, 'district_fact', 'ban', '반의 수(2022년 말 통계)', ban
        from reference_year cross join district_reference where neighbourhood_fits
    union all select as_of, 'district_fact', 'budget_total', '자치구 본예산 합계', round(budget, 0)
        from reference_year cross join district_reference where budget_fits
    union all select as_of, 'district_fact', 'fiscal_independence_average', '재정자립도 가중평균', rounded(weighted, weight * 10, 1)
        from reference_year cross join district_reference where fiscal_fits

    union all select as_of, 'district_fact', 'population_average_district', '인구 ÷ 자치구 수', rounded(population, district_count * 1000, 0) from stated
    union all select as_of, 'district_fact', 'population_average_dong', '인구 ÷ 동 수', rounded(population, dong_count * 1000, 0) from stated
    union all select as_of, 'district_fact', 'household_average_district', '세대 ÷ 자치구 수', rounded(household_count, district_count * 1000, 0) from city
    union all select as_of, 'district_fact', 'household_average_dong', '세대 ÷ 동 수', rounded(household_count, dong_count, 0) from city
    union all select as_of, 'district_fact', 'quota_total', '정원 합계', quota_district + quota_council from stated
    union all select as_of, 'district_fact', 'quota_total_average', '정원 ÷ 자치구 수', rounded(quota_total, district_count, 0) from stated
    union all select as_of, 'district_fact', 'quota_district_average', '정원 ÷ 자치구 수', rounded(quota_district, district_count, 0) from stated
    union all select as_of, 'district_fact', 'quota_council_average', '정원 ÷ 자치구 수', rounded(quota_council, district_count, 0) from stated
    union all select as_of, 'district_fact', 'budget_average', '예산 ÷ 자치구 수', rounded(budget_total, district_count, 0) from stated

    union all select as_of, dataset, figure, '인구 대조', rounded(population, 10000, 0)
        from named where figure in ('population_max_district', 'population_min_district')
    union all select as_of, dataset, figure, '세대 대조', rounded(household_count, 1000, 0)
        from named where figure in ('household_max_district', 'household_min_district')
    union all select as_of, dataset, figure, '본예산 대조', round(budget_100m_won, 0)
        from stated_figure join reference_year using (as_of) join district on district = subject
        where figure in ('budget_max', 'budget_min') and budget_fits
    union all select stated_figure.as_of, dataset, figure, '인구 대조', population
        from stated_figure join dong_profile
            on dong_profile.as_of = stated_figure.as_of and district || ' ' || dong = subject
        where figure in ('population_max_dong', 'population_min_dong')

    union all select as_of, 'district_fact', 'adjustment_grant_change', '본예산 증감률',
        rounded(100 * (adjustment_grant - adjustment_grant_previous), adjustment_grant_previous, 1) from stated
    union all select as_of, 'district_fact', 'adjustment_grant_change', '본예산·예산현액 증감률 대조',
        rounded(100 * (budget - previous_budget), previous_budget, 1) from grant_line
    union all select as_of, 'district_fact', 'adjustment_grant', '본예산·예산현액 대조', rounded(budget, 100000, 0) from grant_line
    union all select as_of, 'district_fact', 'adjustment_grant_previous', '본예산·예산현액 대조', rounded(previous_budget, 100000, 0) from grant_line

    union all select as_of, 'flexible_work', 'growth', '전월 대비 증가율',
        rounded(100 * (use_count - previous_count), previous_count, 0) from growth
    union all select as_of, 'counselling', 'visit_count', '방문 횟수', visit_count from visit
    union all select as_of, 'meeting', 'support_group_count', '참석자 합계', support_group_count from party
    union all select as_of, 'meeting', 'council_count', '참석자 합계', council_count from party
    union all select as_of, 'meeting', 'agency_count', '참석자 합계', agency_count from party
)
select as_of, dataset, check_name, subject, unit, value::double as expected, actual,
    'stated_figure' as table_name, 'value' as column_name, dataset || ' / ' || figure as row_key
from stated_figure
join derived using (as_of, dataset, figure);
comment on view stated_figure_check is 'Totals, averages and shares that the report states, against its own tables, the residents'' file of the same date and the district reference. One row per figure and check.';

create view rank_check as
with rank as (
    select as_of, 'population' as metric, district as subject,
        rank() over (partition by as_of order by population desc) as from_top,
        rank() over (partition by as_of order by population) as from_bottom
    from district_profile
    union all
    select as_of, 'population', district || ' ' || dong,
        rank() over (partition by as_of order by population desc),
        rank() over (partition by as_of order by population)
    from dong_profile
    union all
    select as_of, 'budget', district,
        rank() over (partition by as_of order by budget_100m_won desc),
        rank() over (partition by as_of order by budget_100m_won)
    from edition
    join dataset on dataset.dataset = 'district_budget' and own_date between year_start and year_end
    cross join district
),
claim (figure, metric, check_name, top) as (
    values
        ('population_max_district', 'population', '인구 순위(많은 순)', true),
        ('population_min_district', 'population', '인구 순위(적은 순)', false),
        ('population_max_dong', 'population', '인구 순위(많은 순)', true),
        ('population_min_dong', 'population', '인구 순위(적은 순)', false),
        ('budget_max', 'budget', '본예산 순위(큰 순)', true),
        ('budget_min', 'budget', '본예산 순위(작은 순)', false)
)
select as_of, dataset, check_name, subject, '위' as unit, 1::double as expected,
    (case when top then from_top else from_bottom end)::double as actual,
    'stated_figure' as table_name, 'subject' as column_name, dataset || ' / ' || figure as row_key
from stated_figure
join claim using (figure)
join rank using (as_of, metric, subject)
where dataset = 'district_fact';
comment on view rank_check is 'Whether the largest and smallest that the report names are so. One row per named place; expected is rank 1.';

-- bucket charts ---------------------------------------------------------------------------------

create view bucket_check as
with labelled as (
    select *,
        case level when 'district' then '자치구' else '동' end
            || case chart when 'current' then '' else '(이전 도표)' end as scope
    from population_bucket
),
place as (
    select as_of, 'district' as level, population from district_population
    union all
    select as_of, 'dong', population from dong_population
),
counted as (
    select labelled.as_of, chart, level, bucket, count(*) filter (
        population >= lower_bound and (upper_bound is null or population < upper_bound)
    ) as unit_count
    from labelled
    join place using (as_of, level)
    group by labelled.as_of, chart, level, bucket
),
chart_sum as (
    select as_of, chart, level, scope, sum(unit_count) as unit_count, sum(share_percent) as share_percent
    from labelled
    group by as_of, chart, level, scope
)
select as_of, 'population_bucket' as dataset, '구간별 개수' as check_name, scope || ' ' || bucket as subject,
    '개' as unit, labelled.unit_count::double as expected, counted.unit_count::double as actual,
    'population_bucket' as table_name, 'unit_count' as column_name,
    concat_ws(' / ', chart, level, bucket) as row_key
from labelled
join counted using (as_of, chart, level, bucket)
union all
select as_of, 'population_bucket', '구간별 비율', labelled.scope || ' ' || bucket, '%',
    labelled.share_percent, rounded(100 * labelled.unit_count, chart_sum.unit_count, 1),
    'population_bucket', 'share_percent', concat_ws(' / ', chart, level, bucket)
from labelled
join chart_sum using (as_of, chart, level)
union all
select as_of, 'population_bucket', '구간 개수 합계', scope, '개', value, unit_count,
    'population_bucket', 'unit_count', null
from chart_sum
join stated_figure using (as_of)
where dataset = 'district_fact' and figure = level || '_count'
union all
select as_of, 'population_bucket', '구간 비율 합계', scope, '%', 100, share_percent,
    'population_bucket', 'share_percent', null
from chart_sum;
comment on view bucket_check is 'The bucket charts against the residents'' file of the same date and against themselves. One row per bucket or chart, and check.';

-- evaluation, dates, residents ----------------------------------------------------------------------

create view evaluation_check as
with tier as (
    select as_of, regime, count(*) filter (tier <> '선정 제외') as grade_count,
        count(*) = count(share_percent) as complete,
        sum(share_percent) as share_percent,
        sum(share_percent) filter (tier <> '선정 제외') as selected_percent
    from bonus_tier
    group by as_of, regime
),
regime as (
    pivot (select as_of, regime, item, value from bonus_regime)
    on item in ('recommended_share', 'selected_share', 'grade_count')
    using any_value(value)
)
select as_of, 'bonus' as dataset, '등급 비율 합계' as check_name, regime as subject, '%' as unit,
    100::double as expected, share_percent::double as actual,
    'bonus_tier' as table_name, 'share_percent' as column_name, null as row_key
from tier
where complete
union all
select as_of, 'bonus', '등급의 수', regime, '개', regime.grade_count, tier.grade_count,
    'bonus_regime', 'value', regime || ' / grade_count'
from regime
join tier using (as_of, regime)
where regime.grade_count is not null
union all
-- Where a regime gives no shares of its own, those of the other stand in the report for both.
select as_of, 'bonus', '추천 인원 중 선정 비율', regime, '%',
    coalesce(tier.selected_percent, max(tier.selected_percent) over (partition by as_of)),
    rounded(100 * selected_share, recommended_share, 1), 'bonus_regime', 'value', regime || ' / selected_share'
from regime
join tier using (as_of, regime)
union all
select as_of, 'grading', '등급 비율 합계', '근무성적평정', '%', 100, sum(share_percent),
    'grading_share', 'share_percent', null
from grading_share
group by as_of;
comment on view evaluation_check is '실적가점 and 근무성적평정: shares, number of grades, and the shares of those selected against the grades listed. One row per regime and check.';

create view date_check as
with event (as_of, dataset, subject, held_on, table_name, column_name, row_key) as (
    select as_of, 'counselling', organisation || ' 방문', visited_on,
        'counselling_visit', 'visited_on', visit_number::varchar
    from counselling_visit
    union all
    select as_of, 'meeting', title, held_on, 'meeting', 'held_on', meeting
    from meeting
    union all
    select as_of, 'grading', step, held_on, 'grading_step', 'held_on', step
    from grading_step
    where held_on is not null
)
select as_of, dataset, '기준일보다 늦은 날수' as check_name, subject, '일' as unit, 0::double as expected,
    greatest(0, date_diff('day', as_of, held_on))::double as actual, table_name, column_name, row_key
from event;
comment on view date_check is 'Whether what the report gives as held was held by the as-of date. One row per dated event; actual is the days after that date.';

create view schedule_check as
select later.as_of, 'renovation' as dataset, '앞 단계와 겹치는 달수' as check_name, later.label as subject, '개월' as unit,
    0::double as expected,
    case when earlier.end_month is not null then
        greatest(0, 1 + date_diff('month', later.start_month, earlier.end_month))::double
    end as actual,
    'milestone' as table_name, 'start_month' as column_name, later.commitment as row_key
from commitment as later
join commitment as earlier
    on earlier.as_of = later.as_of and earlier.kind = later.kind and earlier.commitment = later.predecessor;
comment on view schedule_check is 'Whether a step starts after the one it waits for has ended. One row per step that waits; actual is the months they share, empty where the other has no end.';

create view population_check as
select district_population.as_of, 'dong_population' as dataset, '동 인구 합계' as check_name,
    district.district as subject, '명' as unit,
    district_population.population::double as expected,
    sum(dong_population.population)::double as actual,
    'district_population' as table_name, 'population' as column_name, district.district_code as row_key
from district_population
join district using (district_code)
join dong using (district_code)
join dong_population
    on dong_population.as_of = district_population.as_of and dong_population.dong_code = dong.dong_code
group by district_population.as_of, district.district, district.district_code, district_population.population;
comment on view population_check is 'Residents of a district against the sum of its 동. One row per district and month.';

-- the verdict ---------------------------------------------------------------------------------------

create view reconciliation as
with row as (
    from budget_check
    union all from stated_figure_check
    union all from rank_check
    union all from bucket_check
    union all from evaluation_check
    union all from date_check
    union all from schedule_check
    union all from population_check
),
result as (
    select * replace (expected::decimal(18, 3) as expected, actual::decimal(18, 3) as actual)
    from row
)
select
    result.as_of,
    result.dataset,
    result.check_name,
    result.subject,
    result.unit,
    result.expected,
    result.actual,
    result.actual - result.expected as difference,
    coalesce(result.actual = result.expected, false) as holds,
    known_difference.note,
    result.table_name,
    result.column_name,
    result.row_key
from result
left join known_difference using (as_of, check_name, subject);
comment on view reconciliation is 'Every check: what is printed against what the figures give. One row per as-of date, check and subject.';
comment on column reconciliation.as_of is 'Edition, or month for the checks of the residents'' file alone.';
comment on column reconciliation.dataset is 'Set of figures that prints the expected number.';
comment on column reconciliation.check_name is 'What is checked, in Korean.';
comment on column reconciliation.subject is 'Of what, in Korean; unique within check_name.';
comment on column reconciliation.unit is 'Unit of expected, actual and difference.';
comment on column reconciliation.expected is 'As printed.';
comment on column reconciliation.actual is 'As derived, rounded to the printed precision, half away from zero.';
comment on column reconciliation.difference is 'actual minus expected.';
comment on column reconciliation.holds is 'Whether the two are equal; false where one of them is missing.';
comment on column reconciliation.note is 'Why it does not hold, in Korean; empty where it holds.';
comment on column reconciliation.table_name is 'Table of the cell that prints the expected number.';
comment on column reconciliation.column_name is 'Column of that cell.';
comment on column reconciliation.row_key is 'Key cells of its row, joined by " / "; empty where it is no single row.';

create view dataset_verdict as
select as_of, dataset, count(*) as check_count, count(*) filter (not holds) as open_count
from reconciliation
group by as_of, dataset;
comment on view dataset_verdict is 'Checks by set of figures. One row per as-of date and dataset that has any.';
comment on column dataset_verdict.as_of is 'Edition or month.';
comment on column dataset_verdict.dataset is 'Set of figures.';
comment on column dataset_verdict.check_count is 'Number of checks.';
comment on column dataset_verdict.open_count is 'Of these, those that do not hold.';
