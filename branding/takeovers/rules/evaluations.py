"""What evaluations add up to, and whose advice the next host reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from branding.takeovers.values import EvaluationFigures, EvaluationView, Recommend

#: From this answer on a host felt equipped.
EQUIPPED_FROM = 4
#: So many pieces of advice are still read.
MOST_ADVICE = 5


def figures(answers: Sequence[EvaluationView], possible: int) -> EvaluationFigures:
    """The three figures that matter, and how the first answer is spread."""
    scores = [one.equipped for one in answers]
    return EvaluationFigures(
        len(answers),
        max(possible, len(answers)),
        _share(sum(score >= EQUIPPED_FROM for score in scores), len(answers)),
        _share(sum(one.recommend == Recommend.YES for one in answers), len(answers)),
        (scores.count(1), scores.count(2), scores.count(3), scores.count(4), scores.count(5)),
    )


def _share(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def advice_for(
    answers: Iterable[EvaluationView], unit_id: int, area_of: Mapping[int, int]
) -> list[EvaluationView]:
    """The newest advice, the host's own unit first, then its specialområde, then everybody else."""

    def nearness(one: EvaluationView) -> int:
        if one.unit_id == unit_id:
            return 0
        return 1 if area_of.get(one.unit_id) == area_of.get(unit_id) else 2

    said = [one for one in answers if one.advice and not one.is_hidden]
    newest = sorted(said, key=lambda one: (one.answered_at, one.id), reverse=True)
    return sorted(newest, key=nearness)[:MOST_ADVICE]
