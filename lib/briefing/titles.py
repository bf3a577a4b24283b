"""What the sections are called, in the order of the report."""

TITLES = {
    "organisation": "조직과 인력",
    "expenditure": "세출 집행 속도",
    "change": "전년 대비 세출 증감",
    "revenue": "세입 징수 속도",
    "projection": "연말 집행 전망(가정)",
    "population": "자치구 인구",
    "distribution": "인구 규모별 자치구와 동",
    "district_conditions": "자치구 행정여건",
    "flexible_work": "시차출퇴근",
    "counselling": "찾아가는 인사상담",
    "bonus": "실적가점 제도 개선",
    "grading": "근무성적평정",
    "renovation": "청사 환경 개선",
    "meeting": "북한이탈주민 지원단체 간담회",
}
