"""The controls of the evaluation simulator: what each may hold, the law it rests on, and what no law says.

A control whose `silent` is filled decides something that is stated nowhere we could read; it is marked
가정 wherever its value is shown. References: 지방공무원 임용령 제31조의2, 지방공무원 평정규칙 제9조·제27조,
서울특별시 인사규칙 제46조의3, and the bureau's report (figures after the reform of 실적가점).
"""

from lib.control import Control

QUOTA = "지방공무원 임용령 제31조의2 제5항"
AWARD = "행정국 업무보고"
NO_ROUNDING = "인원을 어떻게 정수로 맞추는지 정한 규정은 없습니다"


def _share(key: str, grade: str, percent: float) -> Control:
    return Control(
        key,
        f"{grade}(%)",
        "real",
        percent,
        most=100.0,
        step=1.0,
        law=f"{QUOTA}: 같은 직급·같은 명부 단위에서 수 20%, 우 40%, 양 30%, 가 10%",
        silent="법정 비율과 다른 값은 모두 가정입니다",
    )


GRADING = (
    _share("share_su", "수", 20.0),
    _share("share_u", "우", 40.0),
    _share("share_yang", "양", 30.0),
    _share("share_ga", "가", 10.0),
    Control(
        "ga_mode",
        "가 처리",
        "choice",
        "가 없음",
        ("가 없음", "확정된 가만", "가 비율 전부"),
        law=f"{QUOTA}: 가에 해당하는 사람이 없으면 가를 두지 않고 그 비율을 양에 더할 수 있습니다",
        silent="일부만 가에 해당할 때의 배분은 정한 바 없습니다. 2023년 12월 서울시에서는 약 10,459명 중 "
        "4명이 가를 받은 것으로 알려져 있어, 가 비율 전부는 실제와 거리가 있습니다",
    ),
    Control(
        "ga_rest",
        "쓰지 않은 가 비율",
        "choice",
        "양에 더함",
        ("양에 더함", "수·우·양에 나눔"),
        law=f"{QUOTA}: 가가 한 명도 없을 때에만 양에 더한다고 정합니다",
        silent="가가 일부 있을 때 남는 비율을 어디에 더하는지는 정한 바 없습니다. 교육공무원 승진규정 제21조는 "
        "채우지 못한 비율을 위 등급으로 올립니다(참고)",
    ),
    Control(
        "method",
        "정수 배분 방법",
        "choice",
        "최대잔여",
        ("최대잔여", "웹스터"),
        law="평정규칙 제27조 제7항은 점수를 소수 둘째 자리까지 쓰도록 정할 뿐입니다",
        silent=f"{NO_ROUNDING}. 최대잔여는 소수점이 큰 등급부터 한 명씩 더하고, 웹스터(생라그)는 단위가 커져도 "
        "한 등급의 인원이 줄지 않습니다",
    ),
    Control(
        "tie",
        "동점일 때 마지막 한 명",
        "choice",
        "나은 등급",
        ("나은 등급", "낮은 등급"),
        law="따로 정한 조문이 없습니다",
        silent="인원이 5로 끝나는 단위에서는 양과 가의 소수점이 같아 이 선택이 가 한 명을 가릅니다",
    ),
    Control(
        "pool_below",
        "이보다 작은 단위는 묶어 평정(명)",
        "whole",
        0,
        least=0,
        most=1000,
        law=f"{QUOTA}: 비율은 직급별·명부 작성 단위별로 적용합니다",
        silent="두세 명뿐인 단위를 어떻게 할지는 정한 바 없습니다. 같은 직급끼리만 묶으며 0은 묶지 않음입니다. "
        "소방공무원 승진임용 규정 제7조 제3항은 작은 단위가 비율을 달리할 수 있게 합니다(참고)",
    ),
    Control(
        "scope",
        "배분 기준",
        "choice",
        "단위별로",
        ("단위별로", "전체 합계에 맞춤"),
        law=f"{QUOTA}: 비율은 명부 작성 단위별로 적용합니다",
        silent="단위별 인원의 합계가 전체 비율과 달라질 때 맞추는 방법은 정한 바 없습니다. 전체 합계에 맞춤은 각 칸을 "
        "소수점 올림·버림 안에서만 조정합니다",
    ),
)

CUTTING = (
    Control(
        "cut_tie",
        "커트라인 동점자",
        "choice",
        "제출 순위대로",
        ("제출 순위대로", "모두 나은 등급", "모두 낮은 등급"),
        law="평정규칙 제9조 제3항: 위원회는 제출된 순위를 바꿀 수 없습니다",
        silent="커트라인 위아래의 점수가 같을 때 어떻게 하는지는 정한 바 없습니다",
    ),
)

AWARDING = (
    Control(
        "recommended_percent",
        "추천 비율(개선 후, %)",
        "real",
        5.0,
        most=100.0,
        step=0.5,
        law=f"{AWARD}: 현원의 2% 추천에서 5% 추천으로",
        silent="상한인지 목표인지, 기관별인지 시 전체인지 적혀 있지 않습니다",
    ),
    Control(
        "selected_percent",
        "선정 비율(개선 후, %)",
        "real",
        3.0,
        most=100.0,
        step=0.5,
        law=f"{AWARD}: 현원의 1% 안팎 선정에서 3% 선정으로",
        silent="추천 인원의 60%가 선정되어야 하나 등급별 비율은 바뀐 값이 적혀 있지 않습니다",
    ),
    Control(
        "award_scope",
        "인원 계산 단위",
        "choice",
        "단위별로",
        ("단위별로", "전체를 하나로"),
        law="따로 정한 조문이 없습니다",
        silent="단위별로 세면 5%가 한 명이 되지 않는 20명 미만 단위가 생깁니다",
    ),
    Control(
        "award_rounding",
        "소수점 처리",
        "choice",
        "버림",
        ("버림", "반올림", "올림"),
        law="따로 정한 조문이 없습니다. 임용령 제33조의2는 자체 상한을 올림합니다(참고)",
        silent=NO_ROUNDING,
    ),
    Control(
        "small_unit",
        "작은 단위의 기준(명 미만)",
        "whole",
        0,
        most=1000,
        law="2020년 운영 사례: 현원 100명 미만 실·국은 한 명 추천",
        silent="개선 후에도 적용하는지 적혀 있지 않습니다. 0은 적용하지 않음입니다",
    ),
    Control(
        "small_minimum",
        "작은 단위의 최소 추천(명)",
        "whole",
        1,
        most=10,
        law="2020년 운영 사례: 한 명",
        silent="개선 후의 최소 인원은 적혀 있지 않습니다",
    ),
    Control(
        "tier_base",
        "등급 비율의 기준",
        "choice",
        "추천 인원",
        ("추천 인원", "선정 인원"),
        law=f"{AWARD}: 개선 전에는 추천 인원의 S 10%, A 20%, B 20%, 선정 제외 50%",
        silent="개선 후의 등급 비율은 적혀 있지 않습니다",
    ),
    *(
        Control(
            f"tier_{tier.lower()}",
            f"{tier} 비율(개선 후, %)",
            "real",
            percent,
            most=100.0,
            step=1.0,
            law=f"{AWARD}: 개선 전 {tier} {percent:.0f}%",
            silent="개선 후의 비율이 없어 개선 전 값을 넣었습니다",
        )
        for tier, percent in (("S", 10.0), ("A", 20.0), ("B", 20.0))
    ),
    Control(
        "top_place",
        "S++·S+의 자리",
        "choice",
        "S 안에서",
        ("S 안에서", "S와 별도로"),
        law=f"{AWARD}: S 가운데 실적이 탁월한 사업에 주며, 알맞은 사업이 없으면 두지 않음",
        silent="S의 비율에 들어가는지 따로인지 적혀 있지 않습니다",
    ),
    *(
        Control(
            key,
            f"{tier} 사례(명)",
            "whole",
            0,
            most=1000,
            law=f"{AWARD}: 알맞은 사업이 없으면 비워 둠",
            silent="몇 명까지 둘 수 있는지 적혀 있지 않습니다",
        )
        for key, tier in (("tier_spp", "S++"), ("tier_sp", "S+"))
    ),
    Control(
        "junior_percent",
        "7급 이하 최소 비율(%)",
        "real",
        30.0,
        most=100.0,
        step=1.0,
        law=f"{AWARD}: 추천 인원 중 7급 이하 30% 이상 의무",
        silent="‘최소’라는 말에 따라 올림으로 셉니다",
    ),
    Control(
        "junior_base",
        "7급 이하 비율의 기준",
        "choice",
        "추천 인원",
        ("추천 인원", "선정 인원"),
        law=f"{AWARD}: 최소 추천 비율",
        silent="선정 인원에도 적용하는지 적혀 있지 않습니다",
    ),
    Control(
        "junior_rounding",
        "7급 이하 소수점 처리",
        "choice",
        "올림",
        ("버림", "반올림", "올림"),
        law="따로 정한 조문이 없습니다",
        silent="올림이면 추천이 한 명뿐일 때 그 한 명이 늘 7급 이하여야 합니다",
    ),
    Control(
        "juniors",
        "7급 이하 후보(명)",
        "whole",
        None,
        most=100_000,
        law="비워 두면 후보가 넉넉하다고 봅니다",
        silent="보고서에는 직급별 인원이 없습니다",
    ),
    Control(
        "seniors",
        "6급 이상 후보(명)",
        "whole",
        None,
        most=100_000,
        law="비워 두면 후보가 넉넉하다고 봅니다",
        silent="보고서에는 직급별 인원이 없습니다",
    ),
)

POINTING = (
    *(
        Control(
            key,
            f"{tier} 점수",
            "real",
            0.0,
            most=5.0,
            step=0.1,
            law="평정규칙 제27조: 모든 가점의 합은 5점까지",
            silent="등급별 점수는 적혀 있지 않습니다. 0은 입력하지 않음입니다",
        )
        for key, tier in (
            ("point_spp", "S++"),
            ("point_sp", "S+"),
            ("point_s", "S"),
            ("point_a", "A"),
            ("point_b", "B"),
        )
    ),
    Control(
        "team_points",
        "협력 부문의 개인 점수",
        "real",
        1.0,
        most=5.0,
        step=0.1,
        law=f"{AWARD}: 협력 부문은 2~5명, 개인 점수의 3배까지",
        silent="개인 점수가 몇 점인지 적혀 있지 않습니다",
    ),
    Control(
        "team_multiple",
        "협력 부문의 배수",
        "real",
        3.0,
        most=3.0,
        step=0.1,
        law=f"{AWARD}: 3배까지",
        silent="3배가 팀 전체의 점수인지 한 사람의 점수인지 적혀 있지 않아 두 해석을 나란히 보입니다",
    ),
    Control(
        "first_half",
        "상반기에 받은 가점",
        "points",
        "1.0, 0.5",
        law="서울특별시 인사규칙 제46조의3: 같은 반기에는 가장 높은 하나만 반영합니다",
        silent="처음 값은 계산 예시입니다",
    ),
    Control(
        "second_half",
        "하반기에 받은 가점",
        "points",
        "1.5",
        law="서울특별시 인사규칙 제46조의3: 같은 반기에는 가장 높은 하나만 반영합니다",
        silent="처음 값은 계산 예시입니다",
    ),
    Control(
        "other_points",
        "그 밖의 가점 합계",
        "real",
        0.0,
        most=20.0,
        step=0.1,
        law="평정규칙 제27조: 모든 가점의 합은 5점까지",
        silent="",
    ),
)

SIMULATING = (
    Control(
        "reliability",
        "평정의 신뢰도",
        "real",
        0.6,
        most=1.0,
        step=0.05,
        law="따로 정한 조문이 없습니다",
        silent="이 평정의 신뢰도는 측정된 적이 없습니다. 0은 순전한 우연, 1은 오차 없음입니다",
    ),
    Control(
        "bottom_percent",
        "하위 집단(%)",
        "real",
        10.0,
        most=50.0,
        step=1.0,
        law=f"{QUOTA}: 가 10%에 견주어 본 값",
        silent="하위 집단의 크기는 모의실험을 위한 가정입니다",
    ),
    Control(
        "draws",
        "반복 횟수",
        "whole",
        10_000,
        least=100,
        most=50_000,
        step=1_000,
        law="난수 모의실험의 설정입니다",
        silent="",
    ),
    Control(
        "seed",
        "난수 씨앗",
        "whole",
        1,
        most=999_999,
        law="같은 씨앗이면 누가 열어도 같은 값이 나옵니다",
        silent="",
    ),
)

CONTROLS = {
    control.key: control for group in (GRADING, CUTTING, AWARDING, POINTING, SIMULATING) for control in group
}
