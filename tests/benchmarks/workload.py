"""The rules that every benchmark measures: eight conditions and one exception each.

Someone is eligible who has no disciplinary record and either has a medal in a matching trade, or
has the schooling asked for, a score at or above the line of the track, residence, and at most
the age allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

TRACKS = ("nursing", "mechatronics", "culinary")
SCHOOLS = ("junior_high", "secondary_vocational", "higher_vocational")
MEDALS = ("excellence", "bronze", "silver", "gold")
PLACES = ("third", "second", "first")

Case = Mapping[str, Any]

HEAD = """language 1

policy benchmark {
  title zh "基准" en "Benchmark"
  document notice "notice" dated 2023-01-01
}

choice track zh "方向" en "track" { nursing, mechatronics, culinary }
choice school zh "学校" en "school" { junior_high, secondary_vocational, higher_vocational }
choice medal zh "奖牌" en "medal" { excellence, bronze, silver, gold }
choice place zh "名次" en "place" { third, second, first }

entity applicant zh "考生" en "applicant" {
  age zh "年龄" en "age" : years, between 0 years and 120 years
  graduate_of zh "毕业学校" en "school of graduation" : school
  exam_score zh "总分" en "exam score" : points, between 0 points and 750 points
  track zh "报考方向" en "track applied for" : track
  household_registered zh "户籍" en "registered residence" : yes or no
  disciplinary_record zh "处分" en "disciplinary record" : yes or no
  world_skills_award zh "世赛奖牌" en "World Skills medal" : medal or none
  national_award zh "国赛名次" en "national place" : place or none
  trade_matches zh "专业对口" en "trade matches" : yes or no
}
"""

RULE = """
rule conditions_{i} for applicant decides admission_{i} zh "录取{i}" en "admission {i}" {{
  cite notice 一（一）{clause}
  eligible when any of {{
    all of {{
      trade_matches
      world_skills_award in ({medals}) or national_award in ({places})
    }}
    all of {{
      graduate_of is {school}
      any of {{
        track is nursing and exam_score is at least {nursing} points
        track is mechatronics and exam_score is at least {mechatronics} points
        track is culinary and exam_score is at least {culinary} points
      }}
      household_registered
      age is at most {age} years
    }}
  }}
    except when disciplinary_record   because zh "有处分" en "there is a disciplinary record"
}}
"""


def figures(i: int) -> dict[str, Any]:
    """What rule number `i` asks for; no two neighbours ask for the same."""
    lines = {
        track: base + (i * 13) % 151 for track, base in zip(TRACKS, (480, 510, 450), strict=True)
    }
    return {
        "school": SCHOOLS[(i + 1) % 3],
        "age": 22 + i % 5 - i % 3,
        "medals": MEDALS[i % 4 :],
        "places": PLACES[i % 2 :],
        **lines,
    }


def source(rules: int) -> str:
    """A policy of that many rules, as text."""
    parts = [HEAD]
    for i in range(rules):
        said = figures(i)
        said["medals"], said["places"] = ", ".join(said["medals"]), ", ".join(said["places"])
        parts.append(RULE.format(i=i, clause=i % 9 + 1, **said))
    return "".join(parts)


def by_hand(i: int) -> Callable[[Case], bool]:
    """Rule number `i` as a person would write it in Python, without any checks."""
    said = figures(i)
    medals, places = frozenset(said["medals"]), frozenset(said["places"])
    school, oldest = said["school"], said["age"]
    line = {track: said[track] for track in TRACKS}

    def eligible(case: Case) -> bool:
        if case["disciplinary_record"]:
            return False
        if case["trade_matches"] and (
            case["world_skills_award"] in medals or case["national_award"] in places
        ):
            return True
        return bool(
            case["graduate_of"] == school
            and case["exam_score"] >= line[case["track"]]
            and case["household_registered"]
            and case["age"] <= oldest
        )

    return eligible


ADMITTED: Case = {
    "age": 19,
    "graduate_of": "secondary_vocational",
    "exam_score": 612,
    "track": "nursing",
    "household_registered": True,
    "disciplinary_record": False,
    "world_skills_award": "none",
    "national_award": "none",
    "trade_matches": True,
}
REFUSED: Case = {**ADMITTED, "exam_score": 440, "household_registered": False}


def by_hand_with_missing(i: int) -> Callable[[Case], bool | None]:
    """The same as a person would write it who minds that facts can be missing: None says that
    the answer still turns on one."""
    said = figures(i)
    medals, places = frozenset(said["medals"]), frozenset(said["places"])
    school, oldest = said["school"], said["age"]
    line = {track: said[track] for track in TRACKS}

    lowest = min(line.values())

    def decorated(get: Callable[[str], Any]) -> bool | None:
        matches = get("trade_matches")
        if matches is False:
            return False
        medal, place = get("world_skills_award"), get("national_award")
        if medal in medals or place in places:
            return matches
        return None if medal is None or place is None else False

    def schooled(get: Callable[[str], Any]) -> bool | None:
        came_from, registered, age = get("graduate_of"), get("household_registered"), get("age")
        if registered is False or (came_from is not None and came_from != school):
            return False
        if age is not None and age > oldest:
            return False
        score, track = get("exam_score"), get("track")
        if score is None:
            return None
        if track is None:
            return False if score < lowest else None
        if score < line[track]:
            return False
        return None if came_from is None or registered is None or age is None else True

    def eligible(case: Case) -> bool | None:
        get = case.get
        record = get("disciplinary_record")
        if record:
            return False
        by_medal = decorated(get)
        if by_medal is not True:
            by_school = schooled(get)
            if by_medal is False and by_school is False:
                return False
            if by_school is not True:
                return None if by_medal is None or by_school is None else False
        return None if record is None else True

    return eligible


def cases(count: int, first: int = 0) -> list[dict[str, Any]]:
    """So many different applicants, from a place in a long row of them in which none comes
    twice soon."""
    return [
        {
            "age": 15 + i * 7 % 20,
            "graduate_of": SCHOOLS[(i * 5 + i // 7) % 3],
            "exam_score": 420 + (i * 37 + i // 311) % 311,
            "track": TRACKS[(i + i // 5) % 3],
            "household_registered": i % 7 != 0,
            "disciplinary_record": i % 17 == 3,
            "world_skills_award": ("none", "none", "none", *MEDALS)[i * 3 % 7],
            "national_award": ("none", "none", *PLACES)[i * 2 % 5],
            "trade_matches": i % 3 == 0,
        }
        for i in range(first, first + count)
    ]
