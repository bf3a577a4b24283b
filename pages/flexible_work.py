import datetime
import re
from fractions import Fraction

import pandas as pd
import streamlit as st

from lib import format, ui, upload
from lib.flexible_work import counts, lenses, measures, report, sample
from lib.flexible_work.counts import WHOLE
from lib.flexible_work.published import Book, Taken
from lib.queries import flexible_work, stated
from lib.rules import flexible_work as rules
from lib.upload import large

VIEWS = ["보고서", "가정 계산", "인사상담", "자체 집계"]
UNITS: dict[str, report.Unit] = {"원문 표기": "원문", "명으로 볼 때": "명", "건으로 볼 때": "건"}
CONVENTIONS: dict[str, rules.Convention] = {
    "근무일 수 ÷ 5": "working_days",
    "목요일이 든 주": "thursday",
    "하루라도 걸친 주": "touched",
}
LENSES = ["규정 이행", "추이", "출근시각", "창구 근무", "월별 비교"]
LUNCHES = {"12~13시 자리 비움": rules.LUNCH, "교대 근무": None}
SPANS = {"최근 13개월": 13, "최근 25개월": 25, "모든 달": 10_000}
MEASURES = {"이행률": "compliance", "이용률": "adoption"}
MOST_PEOPLE, SHOWN_PROBLEMS, SHOWN_ROWS = 1_000_000, 20, 39
VEIL = "5명 미만인 칸과, 그 칸을 거꾸로 계산할 수 있게 하는 칸은 ‘가림’으로 둡니다. 그림과 내려받는 파일도 같습니다."

as_of = ui.as_of()
rule = flexible_work.rule(as_of)
bands = list(rule["rank_band"])


def extra_holidays(text: str) -> set[datetime.date]:
    """The days written in a text, such as 2023-05-29."""
    found = set()
    for year, month, day in re.findall(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})", text):
        try:
            found.add(datetime.date(int(year), int(month), int(day)))
        except ValueError:
            st.caption(f"{year}-{month}-{day}: 없는 날짜여서 셈에 넣지 않았습니다.")
    return found


def rule_controls() -> tuple[rules.Convention, set[datetime.date]]:
    """How weeks are counted, and which days are free beside the fixed holidays: both are assumptions."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        convention = st.selectbox(
            "한 달의 주 수 세는 법(가정)",
            list(CONVENTIONS),
            key="convention",
            bind="query-params",
            width=240,
            help="두 달에 걸친 주를 어느 달로 셀지 보고서에 정해져 있지 않습니다.",
        )
        text = st.text_input(
            "더할 공휴일",
            key="holidays",
            bind="query-params",
            placeholder="예: 2023-05-29, 2023-09-28",
            width=320,
            help="날짜가 고정된 공휴일은 이미 뺐습니다. 설·추석·부처님 오신 날과 대체·임시공휴일을 적습니다.",
        )
    return CONVENTIONS[convention], extra_holidays(text)


def holidays(year: int, extra: set[datetime.date]) -> set[datetime.date]:
    """The public holidays known for a year and for the months beside it."""
    return extra.union(*(rules.fixed_holidays(near) for near in (year - 1, year, year + 1)))


def uses(month: datetime.date) -> dict[str, Fraction]:
    """What the rule expects of one person of each band in a month; empty before it applied."""
    return {
        row.rank_band: rules.uses_per_person(
            month, row.weekly_minimum, holidays(month.year, extra), convention
        )
        for row in rule.itertuples()
        if row.valid_from.date() <= month
    }


def draw(lens: lenses.Lens, *datasets: str, notes: list[str] | None = None, key: str | None = None) -> None:
    """Picture, table and how to read them; the files too where there are notes for them."""
    ui.chart(lens.picture, lens.message, key=key)
    if notes is not None:
        st.markdown(f"**예시 · {lens.name}**" if made_up else f"**{lens.name}**")
    ui.table(lens.table.head(SHOWN_ROWS), lens.name, text=lens.text)
    if len(lens.table) > SHOWN_ROWS:
        st.caption(f"{len(lens.table)}행 가운데 {SHOWN_ROWS}행입니다. 모든 행은 내려받는 파일에 있습니다.")
    st.caption(lens.note.replace("~", "\\~"))
    if notes is not None:
        ui.downloads(
            lens.table, f"예시_{lens.name}" if made_up else lens.name, *datasets, notes=[*notes, lens.note]
        )


def forget() -> None:
    """Drop what was handed in once its file is taken out of the box."""
    if st.session_state.counts is None:
        st.session_state.pop("flexible_counts", None)


def taken_in(file: st.runtime.uploaded_file_manager.UploadedFile | None) -> Taken | None:
    """What this visit has handed in, read once, with a progress bar; it stays in the visit alone."""
    taken: Taken | None = st.session_state.get("flexible_counts")
    if file is None or (taken and taken.file_id == file.file_id):
        return taken
    text = "올린 파일을 읽고 검사하고 있습니다."
    bar = st.progress(0.0, text)
    try:
        rows = counts.read(file.name, file.getvalue(), bands, lambda share: bar.progress(share, text))
        taken = Taken(file.file_id, file.name, Book(rows, bands), ())
    except upload.UploadError as refused:
        taken = Taken(file.file_id, file.name, None, refused.problems)
    bar.empty()
    st.session_state.flexible_counts = taken
    return taken


def remembered(name: str, rows: pd.DataFrame) -> Book:
    """The book of rows that are not handed in, made once per visit and again when they change."""
    known = st.session_state.get(name)
    if known is None or not known[0].equals(rows):
        known = st.session_state[name] = (rows, Book(rows, bands))
    book: Book = known[1]
    return book


view = st.segmented_control(
    "보기",
    VIEWS,
    default=VIEWS[0],
    required=True,
    key="view",
    bind="query-params",
    label_visibility="collapsed",
)
months = flexible_work.months(as_of)
*_, before, latest = months.itertuples()
made_up = False

if view == "보고서":
    growth = rules.growth(before.use_count, latest.use_count)
    ui.cards(
        [
            *(
                ui.Card(
                    f"{month.month.month}월 이용",
                    f"{format.number(month.use_count)}{month.printed_unit}",
                    "의무 시행" if month.mandatory else "의무 시행 전",
                )
                for month in (before, latest)
            ),
            ui.Card(
                "전월 대비",
                format.percent(growth.percent),
                f"{'+' if growth.difference > 0 else ''}{format.number(growth.difference)}{latest.printed_unit}",
                f"{format.number(growth.ratio, 2)}배",
            ),
        ],
        3,
    )
    draw(report.months(months))
    if latest.mandatory and not before.mandatory:
        st.info(
            f"{latest.month.month}월은 의무 시행 첫 달입니다. 늘어난 수를 직원의 선호로 읽을 수 없습니다.",
            icon=":material/info:",
        )
    draw(report.starts(flexible_work.starts(as_of), latest.month))
    st.markdown("**직급별 최소 이용 횟수**")
    minimum = report.rule(rule)
    ui.table(minimum, "직급별 최소 이용 횟수", text=list(minimum))
    plan = flexible_work.plan(as_of)
    step = st.selectbox(
        "추진 단계",
        list(plan["step"]),
        index=None,
        key="step",
        bind="query-params",
        placeholder="단계를 고르면 아래 표에 ▶로 표시합니다",
    )
    steps = report.plan(plan, step)
    ui.table(steps, "추진 일정", text=list(steps))
    ui.source("flexible_work", "counselling")
    ui.downloads(
        report.months(months).table,
        "시차출퇴근 월별 이용",
        "flexible_work",
        notes=["사람 수인지 건수인지 원문에서 정해지지 않아 이용률을 계산하지 않습니다."],
    )

elif view == "가정 계산":
    figures = stated.figures(as_of, "counselling")["value"]
    target, target_share = int(figures["target_count"]), figures["target_share"]
    implied = rules.implied_whole(target, target_share)
    chosen = st.segmented_control(
        f"{format.number(latest.use_count)}의 단위",
        list(UNITS),
        default="원문 표기",
        required=True,
        key="count_unit",
        bind="query-params",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        people = st.number_input(
            "분모: 전체 인원(가정, 명)",
            min_value=1,
            max_value=MOST_PEOPLE,
            value=implied.whole,
            key="people",
            bind="query-params",
            width=240,
        )
        upper = st.number_input(
            f"{bands[-1]} 비율(가정, %)",
            min_value=0.0,
            max_value=100.0,
            value=0.0,
            step=0.5,
            format="%.1f",
            key="upper",
            bind="query-params",
            width=240,
            help="보고서에 직급별 인원이 없어 0%에서 시작합니다.",
        )
    convention, extra = rule_controls()
    people, upper = min(max(people, 1), MOST_PEOPLE), round(min(max(upper, 0.0), 100.0), 1)
    st.caption(
        f"분모의 처음 값은 보고서에서 거꾸로 셈한 시 공무원 수입니다: {format.people(target)} ÷ "
        f"{format.percent(target_share)} = {format.people(implied.whole)}. 인쇄된 비율은 반올림한 값이어서 "
        f"{format.people(implied.lowest)}부터 {format.people(implied.highest)}까지 모두 들어맞습니다."
    )
    month, unit = latest.month.date(), UNITS[chosen]
    shares = {bands[0]: round(100 - upper, 1), bands[-1]: upper}
    rate = report.assumed_rate(latest.use_count, people, shares, uses(month), unit)
    days = len(rules.working_days(month, holidays(month.year, extra)))
    known = [
        ui.Card("보고서 수치", format.number(latest.use_count), f"원문 표기 {latest.printed_unit}"),
        ui.Card(f"{month.month}월 근무일", f"{days}일", "공휴일 제외"),
    ]
    if rate:
        known.append(
            ui.Card(
                "이용률(가정)" if unit == "명" else "이행률(가정)",
                format.percent(rate.percent),
                f"{format.number(rate.numerator)}{unit} ÷ {format.number(rate.denominator)}{unit}",
            )
        )
    ui.cards(known, 3)
    if rate is None:
        st.info("단위를 정하지 않았으므로 비율을 보이지 않습니다. 위에서 ‘명’ 또는 ‘건’으로 볼지 고르십시오.")
    elif unit == "명" and rate.percent > 100:
        st.warning("이용자가 분모보다 많습니다. 분모가 작거나, 이 수치는 사람 수가 아닙니다.")
    draw(report.full_compliance(latest.use_count, month, people, shares, uses(month), unit))
    ui.source("flexible_work", "counselling")

elif view == "인사상담":
    figures = stated.figures(as_of, "counselling")["value"]
    visits, plan = flexible_work.visits(as_of), flexible_work.plan(as_of)
    plan = plan[plan["topic"] == "인사상담"]
    planned = figures["monthly_visit_plan"]
    ui.cards(
        [
            ui.Card("대상", format.people(figures["target_count"]), "사업소 근무자"),
            ui.Card("시 공무원 대비", format.percent(figures["target_share"])),
            ui.Card("방문", f"{len(visits)}회", f"계획: 한 달 {format.number(planned)}회 안팎"),
        ],
        3,
    )
    draw(report.visits(visits, as_of, plan["end_month"].max(), planned))
    st.markdown("**상담 내용**")
    ui.table(
        ui.shown(flexible_work.services(as_of), {"분야": ("service", str), "내용": ("content", str)}),
        "상담 내용",
        text=["분야", "내용"],
    )
    st.markdown("**앞으로의 계획**")
    steps = report.plan(plan).drop(columns="구분")
    ui.table(steps, "앞으로의 계획", text=list(steps))
    ui.source("counselling")

else:
    with st.container(horizontal=True, vertical_alignment="center"):
        made_up = st.toggle(
            "예시 자료로 보기",
            key="sample",
            bind="query-params",
            help="지어낸 자료이며 실제 수치가 아닙니다.",
        )
        st.download_button(
            "집계 서식(XLSX) 내려받기",
            counts.template,
            "시차출퇴근_월별_집계_서식.xlsx",
            key="template",
            icon=":material/download:",
            on_click="ignore",
        )
    file = ui.file_box(
        "월별 집계 파일(.xlsx, .csv)",
        upload.TYPES,
        large.MEGABYTES,
        key="counts",
        on_change=forget,
        help="이 접속에만 쓰며 서버에 저장하지 않습니다. 접속을 마치면 사라집니다.",
    )
    st.caption(
        f"{'·'.join(column.head for column in counts.COLUMNS)} 열이 필요합니다. "
        "성명·사번 등 사람을 알아볼 수 있는 열이 있으면 받지 않습니다."
    )
    taken, kept = taken_in(file), flexible_work.kept_counts()
    book, origin = None, ""
    if made_up:
        book, origin = (
            remembered("flexible_sample", sample.counts()),
            "예시: 지어낸 자료이며 실제 수치가 아닙니다.",
        )
    elif taken:
        book, origin = taken.book, f"출처: 올린 파일 {taken.name} (이 접속에서만 보입니다)"
        for problem in taken.problems[:SHOWN_PROBLEMS]:
            st.error(problem.sentence, icon=":material/error:")
        if len(taken.problems) > SHOWN_PROBLEMS:
            st.caption(f"고칠 곳이 {len(taken.problems) - SHOWN_PROBLEMS}건 더 있습니다.")
    elif len(kept):
        book, origin = remembered("flexible_kept", counts.kept(kept)), "출처: 보관된 월별 집계"
    elif file is None:
        st.info(
            "아직 자체 집계가 없습니다. 서식을 채워 올리거나 ‘예시 자료로 보기’를 켜십시오.",
            icon=":material/upload_file:",
        )
    if book:
        lens = st.segmented_control(
            "살펴볼 것", LENSES, default=LENSES[0], required=True, key="lens", bind="query-params"
        )
        newest = len(book.months) - 1
        with st.container(horizontal=True, vertical_alignment="bottom"):
            month = st.selectbox(
                "월", book.months, newest, format.month, key="month", bind="query-params", width=160
            )
            department = st.selectbox(
                "부서",
                [WHOLE, *book.departments],
                key="department",
                bind="query-params",
                filter_mode="contains",
                width=240,
            )
            if lens in ("규정 이행", "월별 비교"):
                band = st.segmented_control(
                    "직급대", [WHOLE, *bands], default=WHOLE, required=True, key="band", bind="query-params"
                )
            if lens == "월별 비교":
                other = st.selectbox(
                    "견줄 달",
                    book.months,
                    max(newest - 1, 0),
                    format.month,
                    key="other_month",
                    bind="query-params",
                    width=160,
                )
            if lens == "추이":
                measure = st.segmented_control(
                    "지표",
                    list(MEASURES),
                    default="이행률",
                    required=True,
                    key="measure",
                    bind="query-params",
                )
                span = st.selectbox("기간", list(SPANS), key="span", bind="query-params", width=160)
            if lens == "창구 근무":
                lunch = st.segmented_control(
                    "점심",
                    list(LUNCHES),
                    default=next(iter(LUNCHES)),
                    required=True,
                    key="lunch",
                    bind="query-params",
                )
        convention, extra = rule_controls()
        notes = [origin, VEIL]
        if lens == "규정 이행":
            draw(lenses.compliance(book.month(month), uses(month), department, band, made_up), notes=notes)
        elif lens == "추이":
            text = "달마다 가릴 칸을 정하고 있습니다."
            bar = st.progress(0.0, text)
            upto = [known for known in book.months if known <= month][-SPANS[span] :]
            rows = measures.trend(book, upto, department, uses, lambda share: bar.progress(share, text))
            bar.empty()
            draw(lenses.trend(rows, department, MEASURES[measure], measure, made_up), notes=notes)
        elif lens == "출근시각":
            draw(lenses.starts(book.month(month), department, made_up), notes=notes)
            draw(lenses.heat(book.month(month), department, made_up), notes=notes)
        elif lens == "창구 근무":
            days = len(rules.working_days(month, holidays(month.year, extra)))
            try:
                cover = lenses.cover(book.month(month), department, days, LUNCHES[lunch], made_up)
            except measures.TooManyCasesError:
                st.warning(
                    "건수가 정원 × 근무일보다 많아 평균 근무일을 그릴 수 없습니다. 더할 공휴일을 확인하십시오."
                )
            else:
                if cover:
                    draw(cover, notes=notes)
                else:
                    st.info(f"{department}의 합계를 가려야 하므로 시간대별 인원을 보일 수 없습니다.")
        else:
            draw(
                lenses.comparison(book.month(other), book.month(month), uses, department, band, made_up),
                notes=notes,
            )
        st.caption(VEIL)
        st.caption(origin)
    st.caption("직급별 최소 이용 횟수의 출처는 아래와 같습니다.")
    ui.source("flexible_work")
