"""docs/accessibility.md against the list of items and the tests that are there."""

import re

from tests.accessibility import axe
from tests.browser import server

DOCUMENT = (server.ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d\.\d\.\d) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
NAMED = re.compile(r"`(?:(tests/[\w/.]+)(?:::)?)?(test_\w+)?`")
# KWCAG 2.2 (KS X OT 0003:2022): number and name of each 검사항목.
ITEMS = {
    "5.1.1": "적절한 대체 텍스트 제공",
    "5.2.1": "자막 제공",
    "5.3.1": "표의 구성",
    "5.3.2": "콘텐츠의 선형구조",
    "5.3.3": "명확한 지시사항 제공",
    "5.4.1": "색에 무관한 콘텐츠 인식",
    "5.4.2": "자동 재생 금지",
    "5.4.3": "텍스트 콘텐츠의 명도 대비",
    "5.4.4": "콘텐츠 간의 구분",
    "6.1.1": "키보드 사용 보장",
    "6.1.2": "초점 이동과 표시",
    "6.1.3": "조작 가능",
    "6.1.4": "문자 단축키",
    "6.2.1": "응답시간 조절",
    "6.2.2": "정지 기능 제공",
    "6.3.1": "깜빡임과 번쩍임 사용 제한",
    "6.4.1": "반복 영역 건너뛰기",
    "6.4.2": "제목 제공",
    "6.4.3": "적절한 링크 텍스트",
    "6.4.4": "고정된 참조 위치 정보",
    "6.5.1": "단일 포인터 입력 지원",
    "6.5.2": "포인터 입력 취소",
    "6.5.3": "레이블과 네임",
    "6.5.4": "동작기반 작동",
    "7.1.1": "기본 언어 표시",
    "7.2.1": "사용자 요구에 따른 실행",
    "7.2.2": "찾기 쉬운 도움 정보",
    "7.3.1": "오류 정정",
    "7.3.2": "레이블 제공",
    "7.3.3": "접근 가능한 인증",
    "7.3.4": "반복 입력 정보",
    "8.1.1": "마크업 오류 방지",
    "8.2.1": "웹 애플리케이션 접근성 준수",
}


def named_in(path: str) -> set[str]:
    """The names of the tests below a path of the project."""
    place = server.ROOT / path
    files = [place] if place.is_file() else sorted(place.glob("test_*.py"))
    return {
        name
        for file in files
        for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)
    }


def test_every_item_has_its_row() -> None:
    """An item of the guideline that nobody has looked at, or that goes by a wrong name."""
    assert len(ITEMS) == 33
    assert [(number, name.strip()) for number, name, *_ in ROW.findall(DOCUMENT)] == list(ITEMS.items())


def test_what_the_rows_name_is_there() -> None:
    """A row that leans on a test that was renamed or never written."""
    own = named_in("tests/accessibility")
    for number, _, _, shown in ROW.findall(DOCUMENT):
        named = NAMED.findall(shown)
        assert named or "outside of this project" in shown, number
        for path, name in named:
            assert not path or (server.ROOT / path).is_file(), f"{number}: {path}"
            assert not name or name in (named_in(path) if path else own), f"{number}: {name}"


def test_what_is_left_out_is_named() -> None:
    """A rule that was silenced without anybody being told."""
    for rule, places in axe.EXCLUDED.items():
        assert rule in DOCUMENT and all(len(reason) > 20 for reason in places.values()), rule
