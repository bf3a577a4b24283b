-- The vocabulary: what more than one page says, said once. A column ending in _rate is a share of one, one
-- ending in _percent is in percent; both unrounded, pages round. The reconciliations stand in checks.sql.

-- budget ---------------------------------------------------------------------------------

create view calendar as
select
    as_of,
    fiscal_year,
    date_diff('day', year_start, as_of) + 1 as elapsed_days,
    date_diff('day', year_start, year_end) + 1 as year_days,
    100.0::double * (date_diff('day', year_start, as_of) + 1)
        / (date_diff('day', year_start, year_end) + 1) as elapsed_percent
from edition;
comment on view calendar is 'How much of the budget year has passed (기간경과율). One row per edition.';
comment on column calendar.as_of is 'Edition.';
comment on column calendar.fiscal_year is 'Budget year.';
comment on column calendar.elapsed_days is 'Days from the first day of the year to the as-of date, both counted.';
comment on column calendar.year_days is 'Days of the year.';
comment on column calendar.elapsed_percent is 'elapsed_days of year_days, in percent, unrounded. A neutral yardstick, not a plan.';

create view budget_tree as
with recursive branch as (
    select as_of, line_code, 0 as level, side::varchar as path, line_code::varchar as path_codes
    from budget_line
    where parent_code is null
    union all
    select
        budget_line.as_of,
        budget_line.line_code,
        branch.level + 1,
        branch.path || ' › ' || budget_line.line,
        branch.path_codes || ' › ' || budget_line.line_code
    from budget_line
    join branch on branch.as_of = budget_line.as_of and branch.line_code = budget_line.parent_code
)
select
    budget_line.*,
    branch.level,
    branch.path,
    branch.path_codes,
    case
        when branch.level = 0 then side || ' ' || line
        when count(*) over (partition by as_of, line) > 1 then branch.path
        else line
    end as label,
    not exists (
        from budget_line as child
        where child.as_of = budget_line.as_of and child.parent_code = budget_line.line_code
    ) as leaf,
    case side when '세입' then 'revenue' else 'expenditure' end as dataset,
    realised::double / nullif(budget, 0) as realised_rate,
    (coalesce(budget, 0) - previous_budget)::double / nullif(previous_budget, 0) as change_rate
from budget_line
join branch using (as_of, line_code);
comment on view budget_tree is 'The lines of 세입총괄 and 세출총괄 with their place in the hierarchy. One row per line and edition. Amounts in 천원.';
comment on column budget_tree.as_of is 'Edition.';
comment on column budget_tree.line_code is 'Stable English path of the line.';
comment on column budget_tree.side is '세입 or 세출.';
comment on column budget_tree.parent_code is 'The line it is a part of; empty for the two totals.';
comment on column budget_tree.line is 'Name; the totals are called 계.';
comment on column budget_tree.department is 'Department whose 사업비 the line is; empty for all other lines.';
comment on column budget_tree.position is 'Order in the report, per side.';
comment on column budget_tree.previous_budget is '예산현액 of the year before, in 천원; empty where "-" is printed.';
comment on column budget_tree.budget is '예산현액 of the budget year, in 천원; empty where "-" is printed.';
comment on column budget_tree.change is '증감액 as printed, in 천원.';
comment on column budget_tree.change_percent is '증감률 as printed, in percent.';
comment on column budget_tree.realised is '징수액 or 집행액, in 천원; empty where "-" is printed.';
comment on column budget_tree.realised_percent is '징수율 or 집행률 as printed, in percent.';
comment on column budget_tree.level is 'Depth, 0 for the two totals.';
comment on column budget_tree.path is 'Names from the top, joined by " › "; the top is called 세입 or 세출.';
comment on column budget_tree.path_codes is 'line_code of every name of path, joined by " › ".';
comment on column budget_tree.label is 'Name that is unique in the edition: the line, or its path where two lines share a name.';
comment on column budget_tree.leaf is 'Whether the line has no parts.';
comment on column budget_tree.dataset is 'revenue or expenditure.';
comment on column budget_tree.realised_rate is '징수율 or 집행률 as a share of one, unrounded; empty where an amount is missing.';
comment on column budget_tree.change_rate is '증감률 as a share of one, unrounded; empty where there was nothing the year before.';

create view execution_gap as
select
    as_of,
    dataset,
    line_code,
    side,
    level,
    position,
    line,
    path,
    department,
    budget,
    realised,
    realised_rate,
    elapsed_percent,
    coalesce(realised, 0) * year_days < budget * elapsed_days as behind,
    round((budget * elapsed_days - coalesce(realised, 0) * year_days) / year_days)::bigint as gap
from budget_tree
join calendar using (as_of)
where budget > 0;
comment on view execution_gap is 'Every budget line that has a budget, against the calendar. One row per line and edition. Amounts in 천원.';
comment on column execution_gap.as_of is 'Edition.';
comment on column execution_gap.dataset is 'revenue or expenditure.';
comment on column execution_gap.line_code is 'The line.';
comment on column execution_gap.side is '세입 or 세출.';
comment on column execution_gap.level is 'Depth, 0 for the two totals.';
comment on column execution_gap.position is 'Order in the report, per side.';
comment on column execution_gap.line is 'Name.';
comment on column execution_gap.path is 'Names from the top, joined by " › ".';
comment on column execution_gap.department is 'Department whose 사업비 the line is; empty for all other lines.';
comment on column execution_gap.budget is '예산현액, in 천원.';
comment on column execution_gap.realised is '징수액 or 집행액, in 천원; empty where "-" is printed.';
comment on column execution_gap.realised_rate is '징수율 or 집행률 as a share of one, unrounded; empty where "-" is printed.';
comment on column execution_gap.elapsed_percent is '기간경과율, in percent, unrounded.';
comment on column execution_gap.behind is 'Whether less is realised than the calendar would have it; an empty amount counts as zero.';
comment on column execution_gap.gap is 'Amount that would bring the line to the calendar, in 천원, rounded; positive when behind, negative when ahead.';

-- organisation -----------------------------------------------------------------------------

create view department_summary as
select
    department.as_of,
    department.department,
    department.kind,
    department.kind <> '위탁 법인' as in_bureau,
    department.head_count,
    department.team_count,
    department.division_count,
    department.head_count::double / department.team_count as people_per_team,
    case when department.kind <> '위탁 법인' then
        100.0::double * department.head_count
            / sum(department.head_count) filter (department.kind <> '위탁 법인') over edition_departments
    end as share_percent,
    (
        select count(*) from duty
        where duty.as_of = department.as_of and duty.department = department.department
    ) as duty_count,
    budget_tree.line_code,
    budget_tree.previous_budget,
    budget_tree.budget,
    budget_tree.realised,
    budget_tree.realised_rate,
    department.position
from department
left join budget_tree
    on budget_tree.as_of = department.as_of and budget_tree.department = department.department
window edition_departments as (partition by department.as_of);
comment on view department_summary is 'A department with its people, duties and 사업비. One row per department and edition. Amounts in 천원.';
comment on column department_summary.as_of is 'Edition.';
comment on column department_summary.department is 'Name.';
comment on column department_summary.kind is '과, 사업소 or 위탁 법인.';
comment on column department_summary.in_bureau is 'Whether its people count as the bureau''s.';
comment on column department_summary.head_count is 'People.';
comment on column department_summary.team_count is 'Teams; empty where the report gives none.';
comment on column department_summary.division_count is 'Divisions (부); empty where the report gives none.';
comment on column department_summary.people_per_team is 'People per team, unrounded; empty without teams.';
comment on column department_summary.share_percent is 'Share of the bureau''s people, in percent, unrounded; empty outside the bureau.';
comment on column department_summary.duty_count is 'Number of duties.';
comment on column department_summary.line_code is 'Budget line of its 사업비; empty where it has none.';
comment on column department_summary.previous_budget is '예산현액 of the year before, in 천원.';
comment on column department_summary.budget is '예산현액 of the budget year, in 천원.';
comment on column department_summary.realised is '집행액, in 천원.';
comment on column department_summary.realised_rate is '집행률 as a share of one, unrounded.';
comment on column department_summary.position is 'Order in the report.';

-- what comes next ----------------------------------------------------------------------------

create view commitment as
with doubled as (
    select *, count(*) over (partition by as_of, step) > 1 as double_name
    from milestone
)
select
    as_of, '청사 환경 개선' as kind, milestone as commitment,
    case when double_name then step || ' · ' || place else step end as label,
    work as topic, owner, place as detail, start_month, end_month, null as printed_window, predecessor,
    'renovation-timeline' as page, 'milestone' as parameter, position
from doubled
union all
select
    as_of, '간담회 조치사항', follow_up, follow_up.content, meeting.title, owner, partner, start_month, end_month, printed_window, null,
    'resident-support', 'follow_up', position
from follow_up
join meeting using (as_of, meeting);
comment on view commitment is 'What was promised, by when and by whom: steps of the renovation and actions after meetings. One row per step and edition.';
comment on column commitment.as_of is 'Edition.';
comment on column commitment.kind is 'Subject, in Korean.';
comment on column commitment.commitment is 'Stable English name of the step, the same in every edition; unique within its kind.';
comment on column commitment.label is 'The step in Korean, unique within its kind and edition.';
comment on column commitment.topic is 'Work or meeting it belongs to, in Korean.';
comment on column commitment.owner is 'Department in charge; empty where the report gives none.';
comment on column commitment.detail is 'Place of a step, partners of an action, in Korean; empty: none named.';
comment on column commitment.start_month is 'First month, as its first day.';
comment on column commitment.end_month is 'Last month, as its first day; empty: no end given.';
comment on column commitment.printed_window is 'The window as printed (4~5월, 연중, 8월~); empty where the report gives plain months.';
comment on column commitment.predecessor is 'Step that must end before this one starts; empty: none.';
comment on column commitment.page is 'Address of the page that shows it.';
comment on column commitment.parameter is 'Link parameter of that page; its value is the label.';
comment on column commitment.position is 'Order within its kind.';

create view upcoming as
with step as (
    select
        as_of, kind, label as name, topic, owner, start_month, end_month, page, parameter, label as value, position
    from commitment
    union all
    select
        as_of, '유연근무·인사상담', step, topic, null, start_month, end_month,
        'flexible-work', 'step', step, position
    from flexible_work_plan
)
select
    *,
    start_month <= as_of as under_way
from step
where end_month is null or last_day(end_month) > as_of;
comment on view upcoming is 'What is under way on the as-of date or comes after it. One row per step and edition; steps that are done are left out.';
comment on column upcoming.as_of is 'Edition.';
comment on column upcoming.kind is 'Subject, in Korean.';
comment on column upcoming.name is 'The step, in Korean.';
comment on column upcoming.topic is 'Work or topic it belongs to, in Korean.';
comment on column upcoming.owner is 'Department in charge; empty where the report gives none.';
comment on column upcoming.start_month is 'First month, as its first day.';
comment on column upcoming.end_month is 'Last month, as its first day; empty: no end given.';
comment on column upcoming.page is 'Address of the page that shows it.';
comment on column upcoming.parameter is 'Link parameter of that page.';
comment on column upcoming.value is 'Value of the link parameter.';
comment on column upcoming.position is 'Order within its kind.';
comment on column upcoming.under_way is 'Whether it has begun on the as-of date.';

-- districts ------------------------------------------------------------------------------------

create view dong_profile as
select
    dong_population.as_of,
    dong.dong_code,
    dong.district_code,
    district.district,
    dong.dong,
    dong.boundary_code_2020,
    dong_population.population,
    dong_population.population_65_and_over,
    100.0::double * dong_population.population_65_and_over
        / nullif(dong_population.population, 0) as share_65_and_over_percent,
    dong.area_km2,
    dong_population.population / dong.area_km2::double as density
from dong_population
join dong using (dong_code)
join district using (district_code);
comment on view dong_profile is 'Every metric of the 동. One row per 동 and month.';
comment on column dong_profile.as_of is 'Month of resident registration.';
comment on column dong_profile.dong_code is '행정표준코드 of the 동.';
comment on column dong_profile.district_code is '행정표준코드 of the 자치구.';
comment on column dong_profile.district is 'Name of the 자치구.';
comment on column dong_profile.dong is 'Name of the 동; unique only within the district.';
comment on column dong_profile.boundary_code_2020 is 'Outline of 2020 that covers it; several joined by +.';
comment on column dong_profile.population is 'Residents.';
comment on column dong_profile.population_65_and_over is 'Residents of 65 years and older; empty where the month came without ages.';
comment on column dong_profile.share_65_and_over_percent is 'Their share, in percent, unrounded.';
comment on column dong_profile.area_km2 is 'Area in km², 2023-12-31.';
comment on column dong_profile.density is 'Residents per km², unrounded.';

create view district_profile as
select
    district_population.as_of,
    district.district_code,
    district.statistics_code,
    district.district,
    district_population.population,
    district_population.household_count,
    district_population.male_count,
    district_population.female_count,
    district_population.population::double / nullif(household_count, 0) as persons_per_household,
    district.area_km2,
    district_population.population / district.area_km2::double as density,
    part.population_65_and_over,
    100.0::double * part.population_65_and_over
        / nullif(district_population.population, 0) as share_65_and_over_percent,
    part.dong_count,
    district.budget_100m_won,
    district.general_account_100m_won,
    district.budget_100m_won::double * 100000000 / nullif(district_population.population, 0) as budget_per_resident_won,
    district.fiscal_independence_percent,
    district.tong,
    district.ban
from district_population
join district using (district_code)
join (
    select
        as_of,
        district_code,
        count(*) as dong_count,
        case when count(population_65_and_over) = count(*) then sum(population_65_and_over)::bigint end
            as population_65_and_over
    from dong_profile
    group by as_of, district_code
) as part using (as_of, district_code);
comment on view district_profile is 'Every metric of the 자치구. One row per district and month; the metrics have dates of their own (see dataset).';
comment on column district_profile.as_of is 'Month of resident registration.';
comment on column district_profile.district_code is '행정표준코드.';
comment on column district_profile.statistics_code is 'Code of the statistics office (통계청).';
comment on column district_profile.district is 'Name.';
comment on column district_profile.population is 'Residents.';
comment on column district_profile.household_count is 'Households (세대).';
comment on column district_profile.male_count is 'Men.';
comment on column district_profile.female_count is 'Women.';
comment on column district_profile.persons_per_household is 'Residents per household, unrounded.';
comment on column district_profile.area_km2 is 'Area in km², 2020-12-31.';
comment on column district_profile.density is 'Residents per km², unrounded.';
comment on column district_profile.population_65_and_over is 'Residents of 65 years and older, summed over its 동; empty where the month came without ages.';
comment on column district_profile.share_65_and_over_percent is 'Their share, in percent, unrounded.';
comment on column district_profile.dong_count is 'Number of 동.';
comment on column district_profile.budget_100m_won is '2023 본예산, general and special accounts, in 억원.';
comment on column district_profile.general_account_100m_won is '2023 본예산, general account, in 억원.';
comment on column district_profile.budget_per_resident_won is '2023 본예산 per resident, in 원, unrounded.';
comment on column district_profile.fiscal_independence_percent is '재정자립도 2023, in percent.';
comment on column district_profile.tong is 'Number of 통, 2022-12-31.';
comment on column district_profile.ban is 'Number of 반, 2022-12-31.';

create view population_distribution as
with bucket (level, bucket, lower_bound, upper_bound, position) as (
    values
        ('district', '30만 미만', 0, 300000, 1),
        ('district', '30~50만', 300000, 500000, 2),
        ('district', '50~60만', 500000, 600000, 3),
        ('district', '60만 이상', 600000, null, 4),
        ('dong', '2만 미만', 0, 20000, 1),
        ('dong', '2~3만', 20000, 30000, 2),
        ('dong', '3~4만', 30000, 40000, 3),
        ('dong', '4만 이상', 40000, null, 4)
),
place as (
    select as_of, 'district' as level, population from district_population
    union all
    select as_of, 'dong', population from dong_population
)
select
    place.as_of,
    level,
    bucket.bucket,
    bucket.lower_bound,
    bucket.upper_bound,
    count(*) filter (
        place.population >= bucket.lower_bound
        and (bucket.upper_bound is null or place.population < bucket.upper_bound)
    ) as unit_count,
    100.0::double * count(*) filter (
        place.population >= bucket.lower_bound
        and (bucket.upper_bound is null or place.population < bucket.upper_bound)
    ) / count(*) as share_percent,
    bucket.position
from place
join bucket using (level)
group by place.as_of, level, bucket.bucket, bucket.lower_bound, bucket.upper_bound, bucket.position;
comment on view population_distribution is 'Districts and 동 by residents, computed. One row per month, level and bucket, empty buckets included.';
comment on column population_distribution.as_of is 'Month of resident registration.';
comment on column population_distribution.level is 'district (자치구) or dong (동).';
comment on column population_distribution.bucket is 'Label in Korean.';
comment on column population_distribution.lower_bound is 'Residents, inclusive.';
comment on column population_distribution.upper_bound is 'Residents, exclusive; empty: open.';
comment on column population_distribution.unit_count is 'Districts or 동 in the bucket.';
comment on column population_distribution.share_percent is 'Share of all, in percent, unrounded.';
comment on column population_distribution.position is 'Order from small to large.';

-- search -----------------------------------------------------------------------------------------

create view findable as
select
    as_of, '부서' as kind, department as name, kind as detail,
    'org-chart' as page, 'department' as parameter, department as value
from department
union all
select as_of, '담당업무', duty, department, 'org-chart', 'department', department
from duty
union all
select as_of, side, label, path, 'budget-execution', 'line', label
from budget_tree
union all
select null, '자치구', district, '서울특별시', 'district-population-map', 'place', district
from district
union all
select null, '동', dong, district, 'district-population-map', 'place', district || ' ' || dong
from dong
join district using (district_code)
where valid_to is null
union all
select as_of, '청사 개선 일정', label, topic || ' · ' || detail, page, parameter, label
from commitment
where page = 'renovation-timeline'
union all
select as_of, '건의사항', content, topic, 'resident-support', 'suggestion', content
from suggestion
union all
select as_of, '조치사항', content, printed_window, 'resident-support', 'follow_up', content
from follow_up;
comment on view findable is 'What the search box finds and where it leads. One row per thing and edition; the app leaves out pages that do not exist.';
comment on column findable.as_of is 'Edition; empty for districts and 동, which belong to none.';
comment on column findable.kind is 'Kind of thing, in Korean.';
comment on column findable.name is 'What is searched and shown.';
comment on column findable.detail is 'What tells it from others of the same name, in Korean.';
comment on column findable.page is 'Address of the page that shows it.';
comment on column findable.parameter is 'Link parameter of that page.';
comment on column findable.value is 'Value of the link parameter.';
