-- The tables. Each is filled from the CSV of the same name (see build.py):
--   data/reference/*.csv            what does not change with an edition
--   data/report/<as-of>/*.csv       one folder per edition of the bureau's report
--   data/population/<as-of>/*.csv   one folder per month of resident registration
--   data/flexible_work/<as-of>/*.csv  one folder per month of flexible-work counts; there may be none
-- A table with an as_of column takes it from the name of the folder, so no CSV repeats it.
-- An empty cell is null. What must be true stands here; what ought to be true stands in checks.sql.

-- reference ------------------------------------------------------------------------------

create table dataset (
    dataset varchar primary key,
    title varchar not null,
    publisher varchar not null,
    section varchar not null,
    own_date date,
    date_note varchar,
    licence varchar not null,
    note varchar,
    page varchar not null,
    position integer not null unique
);
comment on table dataset is 'What a figure comes from. One row per set of figures that has one source and one date.';
comment on column dataset.dataset is 'Short English name; the key that source lines and checks refer to.';
comment on column dataset.title is 'Title in Korean.';
comment on column dataset.publisher is 'Who published it, in Korean.';
comment on column dataset.section is 'Section or table of the source, in Korean.';
comment on column dataset.own_date is 'As-of date where it differs from the edition that uses it; empty: the date of the edition.';
comment on column dataset.date_note is 'How exact the date is, in Korean, where it is not a plain day.';
comment on column dataset.licence is 'Terms of use, in Korean.';
comment on column dataset.note is 'What a reader must know before quoting it, in Korean.';
comment on column dataset.page is 'Address of the page that shows its figures.';
comment on column dataset.position is 'Order in lists.';

create table glossary (
    term varchar primary key,
    definition varchar not null,
    basis varchar,
    position integer not null unique
);
comment on table glossary is 'The words of the field. One row per term.';
comment on column glossary.term is 'The Korean term.';
comment on column glossary.definition is 'What it means, in Korean, in one or two sentences.';
comment on column glossary.basis is 'Statute, rule or section it rests on, in Korean; empty where it is common usage.';
comment on column glossary.position is 'Order in the list.';

create table district (
    district_code varchar primary key check (length(district_code) = 5),
    statistics_code varchar not null unique check (length(statistics_code) = 5),
    district varchar not null unique,
    area_km2 decimal(6, 2) not null check (area_km2 > 0),
    budget_100m_won decimal(8, 1) not null check (budget_100m_won > 0),
    general_account_100m_won decimal(8, 1) not null check (general_account_100m_won > 0),
    fiscal_independence_percent decimal(4, 1) not null check (fiscal_independence_percent between 0 and 100),
    tong integer not null check (tong > 0),
    ban integer not null check (ban > 0)
);
comment on table district is 'The 25 자치구 with what changes rarely. One row per district.';
comment on column district.district_code is '행정표준코드, five digits. Never to be mixed with statistics_code: five codes mean different districts in the two.';
comment on column district.statistics_code is 'Code of the statistics office (통계청), five digits.';
comment on column district.district is 'Name, such as 종로구.';
comment on column district.area_km2 is 'Area in km², 2020-12-31.';
comment on column district.budget_100m_won is '2023 본예산 세출, general and special accounts, in 억원.';
comment on column district.general_account_100m_won is '2023 본예산 세출, general account, in 억원.';
comment on column district.fiscal_independence_percent is '재정자립도 in percent, 2023.';
comment on column district.tong is 'Number of 통, 2022-12-31.';
comment on column district.ban is 'Number of 반, 2022-12-31.';

create table dong (
    dong_code varchar primary key check (length(dong_code) = 10),
    district_code varchar not null references district (district_code),
    dong varchar not null,
    area_km2 decimal(6, 2) not null check (area_km2 > 0),
    boundary_code_2020 varchar not null,
    valid_from date,
    valid_to date check (valid_to >= valid_from),
    unique (district_code, dong)
);
comment on table dong is 'The 행정동. One row per 동.';
comment on column dong.dong_code is '행정표준코드 of the 동, ten digits.';
comment on column dong.district_code is 'Its 자치구.';
comment on column dong.dong is 'Name; unique only within the district (신사동 lies in two).';
comment on column dong.area_km2 is 'Area in km², 2023-12-31.';
comment on column dong.boundary_code_2020 is 'Outline of 2020 that covers it; several codes joined by + where the outline cannot be told apart.';
comment on column dong.valid_from is 'First day on which there was such a 동; empty: since before all months at hand.';
comment on column dong.valid_to is 'Last day on which there was such a 동; empty: there still is. Its residents are kept for the months until then.';

-- report: edition, organisation, duties ----------------------------------------------------

create table edition (
    as_of date primary key,
    title varchar not null,
    publisher varchar not null,
    fiscal_year integer not null,
    year_start date not null,
    year_end date not null,
    remark varchar,
    check (as_of between year_start and year_end)
);
comment on table edition is 'The editions of the bureau''s report to the council. One row per edition.';
comment on column edition.as_of is 'The day the figures are of (기준일).';
comment on column edition.title is 'Title in Korean.';
comment on column edition.publisher is 'Who reports, in Korean.';
comment on column edition.fiscal_year is 'Budget year of the column budget; previous_budget is of the year before.';
comment on column edition.year_start is 'First day of the budget year.';
comment on column edition.year_end is 'Last day of the budget year.';
comment on column edition.remark is 'Anything people must know of this edition, in Korean (a made-up edition says so here).';

create table department (
    as_of date not null references edition (as_of),
    department varchar not null,
    kind varchar not null check (kind in ('과', '사업소', '위탁 법인')),
    head_count integer not null check (head_count > 0),
    team_count integer check (team_count > 0),
    division_count integer check (division_count > 0),
    established_on date,
    position integer not null,
    primary key (as_of, department),
    unique (as_of, position)
);
comment on table department is 'The 과 and 사업소 of the bureau, and the corporation that works on its behalf. One row per department and edition.';
comment on column department.as_of is 'Edition.';
comment on column department.department is 'Name.';
comment on column department.kind is '과 and 사업소 belong to the bureau; 위탁 법인 stands outside its head count.';
comment on column department.head_count is 'People (인력).';
comment on column department.team_count is 'Teams (팀); empty where the report gives none.';
comment on column department.division_count is 'Divisions (부); empty where the report gives none.';
comment on column department.established_on is 'Day of foundation; empty where the report gives none.';
comment on column department.position is 'Order in the report.';

create table duty (
    as_of date not null,
    department varchar not null,
    position integer not null,
    duty varchar not null,
    primary key (as_of, department, position),
    unique (as_of, department, duty),
    foreign key (as_of, department) references department (as_of, department)
);
comment on table duty is 'What a department is responsible for. One row per duty, department and edition.';
comment on column duty.as_of is 'Edition.';
comment on column duty.department is 'Whose duty it is.';
comment on column duty.position is 'Order within the department.';
comment on column duty.duty is 'The duty as a short item, in Korean.';

-- report: budget ---------------------------------------------------------------------------

create table budget_line (
    as_of date not null references edition (as_of),
    line_code varchar not null,
    side varchar not null check (side in ('세입', '세출')),
    parent_code varchar,
    line varchar not null,
    department varchar,
    position integer not null,
    previous_budget bigint check (previous_budget >= 0),
    budget bigint check (budget >= 0),
    change bigint,
    change_percent decimal(7, 1),
    realised bigint check (realised >= 0),
    realised_percent decimal(7, 1) check (realised_percent >= 0),
    primary key (as_of, line_code),
    unique (as_of, side, position),
    unique (as_of, department),
    foreign key (as_of, parent_code) references budget_line (as_of, line_code),
    foreign key (as_of, department) references department (as_of, department)
);
comment on table budget_line is 'The lines of 세입총괄 and 세출총괄 as printed, subtotals included. One row per line and edition. Amounts in 천원; an empty cell is a printed "-", not a zero.';
comment on column budget_line.as_of is 'Edition.';
comment on column budget_line.line_code is 'Stable English path of the line, the same in every edition (revenue.nontax.current.rent).';
comment on column budget_line.side is '세입 (revenue) or 세출 (expenditure).';
comment on column budget_line.parent_code is 'The line it is a part of; empty for the two totals.';
comment on column budget_line.line is 'Name, without the spaces that the report sets for alignment.';
comment on column budget_line.department is 'Department whose 사업비 the line is; empty for all other lines.';
comment on column budget_line.position is 'Order in the report, from 1, per side.';
comment on column budget_line.previous_budget is '예산현액 of the year before (final), in 천원.';
comment on column budget_line.budget is '예산현액 of the budget year on the as-of date, in 천원.';
comment on column budget_line.change is '증감액 as printed, in 천원.';
comment on column budget_line.change_percent is '증감률 as printed, in percent.';
comment on column budget_line.realised is '징수액 (세입) or 집행액 (세출) up to the as-of date, in 천원.';
comment on column budget_line.realised_percent is '징수율 or 집행률 as printed, in percent; what is collected can exceed the budget.';

-- report: single figures, districts ---------------------------------------------------------

create table stated_figure (
    as_of date not null references edition (as_of),
    dataset varchar not null references dataset (dataset),
    figure varchar not null,
    subject varchar not null,
    value decimal(18, 3) not null,
    unit varchar not null,
    position integer not null,
    note varchar,
    primary key (as_of, dataset, figure)
);
comment on table stated_figure is 'Single figures that the report states, as printed, in the printed unit. One row per figure and edition.';
comment on column stated_figure.as_of is 'Edition.';
comment on column stated_figure.dataset is 'Section it stands in.';
comment on column stated_figure.figure is 'Short English name of the figure.';
comment on column stated_figure.subject is 'What it is a figure of, in Korean (서울특별시, 송파구).';
comment on column stated_figure.value is 'The printed number.';
comment on column stated_figure.unit is 'The printed unit (명, 천명, 만명, 억원, %).';
comment on column stated_figure.position is 'Order within the dataset.';
comment on column stated_figure.note is 'Basis or caution, in Korean.';

create table population_bucket (
    as_of date not null references edition (as_of),
    chart varchar not null check (chart in ('current', 'superseded')),
    level varchar not null check (level in ('district', 'dong')),
    bucket varchar not null,
    lower_bound integer not null check (lower_bound >= 0),
    upper_bound integer check (upper_bound > lower_bound),
    unit_count integer not null check (unit_count >= 0),
    share_percent decimal(4, 1) not null check (share_percent between 0 and 100),
    position integer not null,
    primary key (as_of, chart, level, bucket)
);
comment on table population_bucket is 'The bucket charts of districts and 동 by residents, as printed. One row per chart, level and bucket.';
comment on column population_bucket.as_of is 'Edition.';
comment on column population_bucket.chart is 'current, or superseded: an older chart that was left in the report.';
comment on column population_bucket.level is 'district (자치구) or dong (동).';
comment on column population_bucket.bucket is 'Label in Korean.';
comment on column population_bucket.lower_bound is 'Residents, inclusive.';
comment on column population_bucket.upper_bound is 'Residents, exclusive; empty: open.';
comment on column population_bucket.unit_count is 'Districts or 동 in the bucket, as printed.';
comment on column population_bucket.share_percent is 'Share of all, as printed, in percent.';
comment on column population_bucket.position is 'Order from small to large.';

create table known_difference (
    as_of date not null references edition (as_of),
    check_name varchar not null,
    subject varchar not null,
    note varchar not null,
    primary key (as_of, check_name, subject)
);
comment on table known_difference is 'Checks of this edition that are known not to hold, each with the reason that people read. A check that fails without a row here refuses the build.';
comment on column known_difference.as_of is 'Edition.';
comment on column known_difference.check_name is 'As in the view reconciliation.';
comment on column known_difference.subject is 'As in the view reconciliation.';
comment on column known_difference.note is 'What differs and why, in Korean.';

-- report: flexible work and counselling -----------------------------------------------------

create table flexible_work_month (
    as_of date not null references edition (as_of),
    month date not null check (day(month) = 1),
    use_count integer not null check (use_count >= 0),
    printed_unit varchar not null,
    mandatory boolean not null,
    primary key (as_of, month)
);
comment on table flexible_work_month is 'Use of 시차출퇴근 by month. One row per month and edition.';
comment on column flexible_work_month.as_of is 'Edition.';
comment on column flexible_work_month.month is 'First day of the month.';
comment on column flexible_work_month.use_count is 'The printed number. Whether it counts people or cases the report leaves open.';
comment on column flexible_work_month.printed_unit is 'The unit as printed.';
comment on column flexible_work_month.mandatory is 'Whether use was compulsory in that month.';

create table flexible_work_start (
    as_of date not null references edition (as_of),
    start_band varchar not null,
    earliest time not null,
    latest time,
    share_percent decimal(4, 1) not null check (share_percent between 0 and 100),
    position integer not null,
    primary key (as_of, start_band)
);
comment on table flexible_work_start is 'Shares of start times that the report gives for its last month; the rest up to 100 is undescribed. One row per start band.';
comment on column flexible_work_start.as_of is 'Edition.';
comment on column flexible_work_start.start_band is 'Label in Korean.';
comment on column flexible_work_start.earliest is 'Earliest start of the band.';
comment on column flexible_work_start.latest is 'Latest start of the band; empty: open.';
comment on column flexible_work_start.share_percent is 'Share as printed, in percent.';
comment on column flexible_work_start.position is 'Order by time of day.';

create table flexible_work_rule (
    as_of date not null references edition (as_of),
    rank_band varchar not null,
    weekly_minimum integer not null check (weekly_minimum > 0),
    valid_from date not null,
    primary key (as_of, rank_band)
);
comment on table flexible_work_rule is 'How often 시차출퇴근 must be used. One row per rank band.';
comment on column flexible_work_rule.as_of is 'Edition.';
comment on column flexible_work_rule.rank_band is '5급 이하 or 4급 이상.';
comment on column flexible_work_rule.weekly_minimum is 'Times per week at least.';
comment on column flexible_work_rule.valid_from is 'First day of the month from which the rule applies.';

create table flexible_work_plan (
    as_of date not null references edition (as_of),
    step varchar not null,
    start_month date not null check (day(start_month) = 1),
    end_month date check (end_month >= start_month and day(end_month) = 1),
    topic varchar not null check (topic in ('유연근무', '인사상담')),
    printed_window varchar,
    position integer not null,
    primary key (as_of, step)
);
comment on table flexible_work_plan is 'What is planned for 유연근무 and 찾아가는 인사상담. One row per step.';
comment on column flexible_work_plan.as_of is 'Edition.';
comment on column flexible_work_plan.step is 'The step, in Korean.';
comment on column flexible_work_plan.start_month is 'First month, as its first day.';
comment on column flexible_work_plan.end_month is 'Last month, as its first day; empty: no end given.';
comment on column flexible_work_plan.topic is 'Which of the two it belongs to.';
comment on column flexible_work_plan.printed_window is 'The window as printed (상반기, 하반기, 연중); empty where the report gives none, and start_month is then the month after the as-of date.';
comment on column flexible_work_plan.position is 'Order.';

create table counselling_visit (
    as_of date not null references edition (as_of),
    visit_number integer not null check (visit_number > 0),
    visited_on date not null,
    organisation varchar not null,
    primary key (as_of, visit_number)
);
comment on table counselling_visit is 'Visits of 찾아가는 인사상담 up to the as-of date. One row per visit.';
comment on column counselling_visit.as_of is 'Edition.';
comment on column counselling_visit.visit_number is 'Running number of the visit.';
comment on column counselling_visit.visited_on is 'Day of the visit.';
comment on column counselling_visit.organisation is 'Office visited.';

create table counselling_service (
    as_of date not null references edition (as_of),
    service varchar not null,
    content varchar not null,
    position integer not null,
    primary key (as_of, service)
);
comment on table counselling_service is 'What a visit covers. One row per service.';
comment on column counselling_service.as_of is 'Edition.';
comment on column counselling_service.service is 'Name (고충상담, 현장진단, 제도안내).';
comment on column counselling_service.content is 'What is done, in Korean, as a short item.';
comment on column counselling_service.position is 'Order.';

-- report: evaluation ------------------------------------------------------------------------

create table bonus_regime (
    as_of date not null references edition (as_of),
    regime varchar not null check (regime in ('개선 전', '개선 후')),
    item varchar not null,
    value decimal(6, 2),
    unit varchar,
    statement varchar not null,
    position integer not null,
    primary key (as_of, regime, item),
    check ((value is null) = (unit is null))
);
comment on table bonus_regime is '실적가점 before and after the reform. One row per regime and item.';
comment on column bonus_regime.as_of is 'Edition.';
comment on column bonus_regime.regime is '개선 전 or 개선 후.';
comment on column bonus_regime.item is 'Short English name of the item (recommended_share, selected_share, team_minimum …).';
comment on column bonus_regime.value is 'The number, where the item has one.';
comment on column bonus_regime.unit is 'Unit of value (%, 명, 배).';
comment on column bonus_regime.statement is 'The item as a short statement, in Korean.';
comment on column bonus_regime.position is 'Order.';

create table bonus_tier (
    as_of date not null references edition (as_of),
    regime varchar not null check (regime in ('개선 전', '개선 후')),
    tier varchar not null,
    share_percent decimal(4, 1) check (share_percent between 0 and 100),
    rule varchar,
    position integer not null,
    primary key (as_of, regime, tier)
);
comment on table bonus_tier is 'Grades of 실적가점. One row per regime and grade, from the highest.';
comment on column bonus_tier.as_of is 'Edition.';
comment on column bonus_tier.regime is '개선 전 or 개선 후.';
comment on column bonus_tier.tier is 'S++, S+, S, A, B or 선정 제외.';
comment on column bonus_tier.share_percent is 'Share of those recommended, in percent; empty where the report gives none.';
comment on column bonus_tier.rule is 'Condition, in Korean.';
comment on column bonus_tier.position is 'Order, highest first.';

create table grading_share (
    as_of date not null references edition (as_of),
    grade varchar not null check (grade in ('수', '우', '양', '가')),
    share_percent decimal(4, 1) not null check (share_percent between 0 and 100),
    merges_into varchar check (merges_into in ('수', '우', '양', '가')),
    position integer not null,
    primary key (as_of, grade)
);
comment on table grading_share is '근무성적평정: the shares of the grades. One row per grade, from the highest.';
comment on column grading_share.as_of is 'Edition.';
comment on column grading_share.grade is '수, 우, 양 or 가.';
comment on column grading_share.share_percent is 'Share of those rated, in percent.';
comment on column grading_share.merges_into is 'Grade that takes this share where nobody merits the grade; empty: none.';
comment on column grading_share.position is 'Order, highest first.';

create table grading_step (
    as_of date not null references edition (as_of),
    topic varchar not null check (topic in ('취지', '기준', '절차', '교육')),
    step varchar not null,
    held_on date,
    position integer not null,
    primary key (as_of, step)
);
comment on table grading_step is 'How a ''가'' comes about: purpose, criteria, safeguards and support. One row per step.';
comment on column grading_step.as_of is 'Edition.';
comment on column grading_step.topic is 'Which of the four it belongs to.';
comment on column grading_step.step is 'The step as a short item, in Korean.';
comment on column grading_step.held_on is 'Day, where the report gives one.';
comment on column grading_step.position is 'Order.';

-- report: renovation ------------------------------------------------------------------------

create table milestone (
    as_of date not null references edition (as_of),
    milestone varchar not null,
    work varchar not null check (work in ('본관 1층 시민 공간', '사무실 재배치·보수')),
    step varchar not null,
    owner varchar,
    place varchar not null,
    start_month date not null check (day(start_month) = 1),
    end_month date check (end_month >= start_month and day(end_month) = 1),
    predecessor varchar,
    position integer not null,
    primary key (as_of, milestone),
    unique (as_of, step, place),
    foreign key (as_of, predecessor) references milestone (as_of, milestone)
);
comment on table milestone is 'Steps of the two renovation works, in whole months. One row per step and edition.';
comment on column milestone.as_of is 'Edition.';
comment on column milestone.milestone is 'Stable English name of the step, the same in every edition.';
comment on column milestone.work is 'Which of the two works.';
comment on column milestone.step is 'The step, in Korean.';
comment on column milestone.owner is 'Department in charge; empty where the report gives none.';
comment on column milestone.place is 'Where, or for whom, in Korean.';
comment on column milestone.start_month is 'First month, as its first day.';
comment on column milestone.end_month is 'Last month, as its first day; empty: no end given.';
comment on column milestone.predecessor is 'Step that must end before this one starts; empty: none.';
comment on column milestone.position is 'Order in the report.';

create table deliverable (
    as_of date not null references edition (as_of),
    work varchar not null,
    topic varchar not null,
    deliverable varchar not null,
    milestone varchar,
    position integer not null,
    primary key (as_of, work, deliverable),
    foreign key (as_of, milestone) references milestone (as_of, milestone)
);
comment on table deliverable is 'What the renovation works bring. One row per item.';
comment on column deliverable.as_of is 'Edition.';
comment on column deliverable.work is 'Which of the two works.';
comment on column deliverable.topic is 'Group of items, in Korean.';
comment on column deliverable.deliverable is 'The item, in Korean.';
comment on column deliverable.milestone is 'Step that brings it, as the editor of the data reads it; empty: the report ties it to no single step.';
comment on column deliverable.position is 'Order.';

-- report: meeting with support groups ---------------------------------------------------------

create table meeting (
    as_of date not null references edition (as_of),
    meeting varchar not null,
    title varchar not null,
    held_on date not null,
    start_time time not null,
    end_time time not null check (end_time > start_time),
    place varchar not null,
    content varchar not null,
    primary key (as_of, meeting)
);
comment on table meeting is 'Meetings the report gives account of. One row per meeting.';
comment on column meeting.as_of is 'Edition.';
comment on column meeting.meeting is 'Stable English name.';
comment on column meeting.title is 'Title in Korean.';
comment on column meeting.held_on is 'Day.';
comment on column meeting.start_time is 'Start.';
comment on column meeting.end_time is 'End.';
comment on column meeting.place is 'Place in Korean.';
comment on column meeting.content is 'What it was about, in Korean.';

create table participant (
    as_of date not null,
    meeting varchar not null,
    participant varchar not null,
    kind varchar not null check (kind in ('지원단체', '시의회', '유관기관')),
    participant_count integer not null check (participant_count > 0),
    unit varchar not null check (unit in ('개', '명')),
    position integer not null,
    primary key (as_of, meeting, participant),
    foreign key (as_of, meeting) references meeting (as_of, meeting)
);
comment on table participant is 'Who took part. One row per named participant, or per group where the report only counts.';
comment on column participant.as_of is 'Edition.';
comment on column participant.meeting is 'The meeting.';
comment on column participant.participant is 'Name in Korean.';
comment on column participant.kind is 'Which side of the table.';
comment on column participant.participant_count is 'How many the row stands for.';
comment on column participant.unit is 'Organisations (개) or people (명).';
comment on column participant.position is 'Order.';

create table suggestion (
    as_of date not null,
    suggestion varchar not null,
    meeting varchar not null,
    topic varchar not null,
    content varchar not null,
    position integer not null,
    primary key (as_of, suggestion),
    unique (as_of, content),
    foreign key (as_of, meeting) references meeting (as_of, meeting)
);
comment on table suggestion is 'What participants asked for. One row per suggestion.';
comment on column suggestion.as_of is 'Edition.';
comment on column suggestion.suggestion is 'Stable English name.';
comment on column suggestion.meeting is 'The meeting.';
comment on column suggestion.topic is '교육, 돌봄, 취업, 홍보 or 병역 등.';
comment on column suggestion.content is 'The suggestion as a short item, in Korean.';
comment on column suggestion.position is 'Order.';

create table follow_up (
    as_of date not null,
    follow_up varchar not null,
    meeting varchar not null,
    content varchar not null,
    owner varchar,
    partner varchar,
    start_month date not null check (day(start_month) = 1),
    end_month date check (end_month >= start_month and day(end_month) = 1),
    printed_window varchar not null,
    position integer not null,
    primary key (as_of, follow_up),
    unique (as_of, content),
    foreign key (as_of, meeting) references meeting (as_of, meeting)
);
comment on table follow_up is 'What the bureau does about the suggestions (조치사항). One row per action.';
comment on column follow_up.as_of is 'Edition.';
comment on column follow_up.follow_up is 'Stable English name.';
comment on column follow_up.meeting is 'The meeting.';
comment on column follow_up.content is 'The action as a short item, in Korean.';
comment on column follow_up.owner is 'Who acts; empty where the report gives none.';
comment on column follow_up.partner is 'With whom, in Korean; empty: none named.';
comment on column follow_up.start_month is 'First month, as its first day.';
comment on column follow_up.end_month is 'Last month, as its first day; empty: no end given.';
comment on column follow_up.printed_window is 'The window as printed (4~5월, 연중, 8월~).';
comment on column follow_up.position is 'Order.';

create table suggestion_follow_up (
    as_of date not null,
    suggestion varchar not null,
    follow_up varchar not null,
    reason varchar not null,
    primary key (as_of, suggestion, follow_up),
    foreign key (as_of, suggestion) references suggestion (as_of, suggestion),
    foreign key (as_of, follow_up) references follow_up (as_of, follow_up)
);
comment on table suggestion_follow_up is 'Which action answers which suggestion. Read out of the report by the editor of the data, not stated by it. One row per pair.';
comment on column suggestion_follow_up.as_of is 'Edition.';
comment on column suggestion_follow_up.suggestion is 'The suggestion.';
comment on column suggestion_follow_up.follow_up is 'The action.';
comment on column suggestion_follow_up.reason is 'Why the pair was made, in Korean.';

-- resident registration -----------------------------------------------------------------------

create table population_month (
    as_of date primary key,
    remark varchar
);
comment on table population_month is 'The months of resident registration (주민등록 인구통계) at hand. One row per month.';
comment on column population_month.as_of is 'Last day of the month.';
comment on column population_month.remark is 'Anything people must know of this month, in Korean (a made-up month says so here).';

create table district_population (
    as_of date not null references population_month (as_of),
    district_code varchar not null references district (district_code),
    population integer not null check (population >= 0),
    household_count integer not null check (household_count >= 0),
    male_count integer not null,
    female_count integer not null,
    primary key (as_of, district_code),
    check (male_count + female_count = population)
);
comment on table district_population is 'Residents and households. One row per district and month.';
comment on column district_population.as_of is 'Month.';
comment on column district_population.district_code is 'District.';
comment on column district_population.population is 'Registered residents (주민등록인구), Koreans only.';
comment on column district_population.household_count is 'Households (세대).';
comment on column district_population.male_count is 'Men.';
comment on column district_population.female_count is 'Women.';

create table dong_population (
    as_of date not null references population_month (as_of),
    dong_code varchar not null references dong (dong_code),
    population integer not null check (population >= 0),
    population_65_and_over integer check (population_65_and_over between 0 and population),
    primary key (as_of, dong_code)
);
comment on table dong_population is 'Residents of the 동. One row per 동 and month.';
comment on column dong_population.as_of is 'Month.';
comment on column dong_population.dong_code is '동.';
comment on column dong_population.population is 'Registered residents (주민등록인구), Koreans only.';
comment on column dong_population.population_65_and_over is 'Of these, 65 years and older; empty: the month came without ages.';

-- flexible work: the bureau's own counts ------------------------------------------------------

create table flexible_work_count (
    as_of date not null check (as_of = last_day(as_of)),
    department varchar not null check (department not in ('전체', '계', '합계', '소계', '총계', '총합계', '누계')),
    rank_band varchar not null check (rank_band in ('5급 이하', '4급 이상')),
    start_time time not null check (
        start_time between '06:00' and '12:00' and start_time <> '09:00' and minute(start_time) % 30 = 0
    ),
    case_count integer not null check (case_count >= 0),
    user_count integer not null check (user_count >= 0),
    quota integer not null check (quota >= 0),
    primary key (as_of, department, rank_band, start_time),
    check (user_count <= case_count),
    check (user_count > 0 or case_count = 0)
);
comment on table flexible_work_count is 'Use of 시차출퇴근 as counted month by month by the bureau itself; empty where no counts are kept. Small cells stand here unhidden: what shows them goes through lib/flexible_work/published.py. One row per month, department, rank band and start time.';
comment on column flexible_work_count.as_of is 'Last day of the month.';
comment on column flexible_work_count.department is 'Name of the 과 or 사업소, of the whole city.';
comment on column flexible_work_count.rank_band is '5급 이하 or 4급 이상.';
comment on column flexible_work_count.start_time is 'Start of the day, on the half-hour; 09:00 is the standard and no flexible work.';
comment on column flexible_work_count.case_count is 'Times that somebody started then (건).';
comment on column flexible_work_count.user_count is 'People (명), each counted once a month, at the start time they used most.';
comment on column flexible_work_count.quota is 'Posts (정원) of the department and rank band, the same in all of its rows of a month.';
