"""The pages, in menu order. To add a page: a script in pages/ and a line here."""

from typing import NamedTuple


class Entry(NamedTuple):
    """A page: its script in pages/, its address, and how the menu presents it."""

    file: str
    path: str
    title: str
    icon: str
    section: str
    help: str

    @property
    def script(self) -> str:
        """The script as Streamlit addresses it: relative to the frame."""
        return f"../pages/{self.file}"


PAGES = (
    Entry(
        "overview.py",
        "",
        "한눈에 보기",
        ":material/dashboard:",
        "현황",
        "행정국의 인력·예산·인구·유연근무 핵심 수치와 지금 살펴볼 사항을 한 화면에 모았습니다.",
    ),
    Entry(
        "organisation.py",
        "org-chart",
        "조직·인력",
        ":material/account_tree:",
        "현황",
        "7과 1사업소의 조직도와 인력, 부서별 담당업무를 찾아봅니다.",
    ),
    Entry(
        "budget_execution.py",
        "budget-execution",
        "예산 집행",
        ":material/account_balance_wallet:",
        "현황",
        "세입 징수와 세출 집행을 항목별로 살펴보고, 기간경과율과 전년도에 견줍니다.",
    ),
    Entry(
        "district_population_map.py",
        "district-population-map",
        "자치구·동 인구 지도",
        ":material/map:",
        "현황",
        "자치구와 행정동의 인구·세대·면적·예산을 지도와 순위로 살펴보고 서로 견줍니다.",
    ),
    Entry(
        "flexible_work.py",
        "flexible-work",
        "유연근무·인사상담",
        ":material/schedule:",
        "정책",
        "시차출퇴근과 찾아가는 인사상담의 현황을 보고, 자체 집계를 올려 부서별 이용과 규정 이행을 살펴봅니다.",
    ),
    Entry(
        "evaluation_simulator.py",
        "evaluation-simulator",
        "성과평가 모의",
        ":material/grading:",
        "정책",
        "근무성적평정의 등급 인원과 커트라인, 실적가점의 추천·선정 인원을 규정과 가정을 바꾸어 가며 미리 세어 봅니다.",
    ),
    Entry(
        "renovation_timeline.py",
        "renovation-timeline",
        "청사 환경 개선",
        ":material/construction:",
        "정책",
        "본관 1층 시민 공간과 사무실 재배치·보수의 단계별 일정과 상태를 보고, 일정이 바뀌면 무엇이 밀리는지 따져 봅니다.",
    ),
    Entry(
        "resident_support.py",
        "resident-support",
        "북한이탈주민 간담회",
        ":material/forum:",
        "정책",
        "지원단체 간담회에서 나온 건의와 그에 답하는 조치, 조치 일정을 봅니다.",
    ),
    Entry(
        "council_briefing.py",
        "council-briefing",
        "의회 보고",
        ":material/co_present:",
        "보고·자료",
        "보고할 항목을 고르고 차례를 정하여 발표 화면으로 보거나 문서로 내려받습니다.",
    ),
    Entry(
        "data_desk.py",
        "data-desk",
        "자료 관리",
        ":material/database_upload:",
        "보고·자료",
        "새 업무보고와 주민등록 인구를 올려 검사하고, 지금 자료와 견주어 게시하거나 이전 판으로 되돌립니다.",
    ),
)


def entry(path: str) -> Entry:
    """The page at an address. A KeyError names an address that no page has."""
    for page in PAGES:
        if page.path == path:
            return page
    raise KeyError(path)


def paths() -> list[str]:
    """The addresses of all pages, in menu order."""
    return [page.path for page in PAGES]
