"""Compact names taken apart into known words, so that case and punctuation cannot change what is read."""

from functools import lru_cache
from itertools import pairwise

from services.mapping.thesaurus import CONNECTING, SENSES

WORD_LENGTH_MAX = max(map(len, SENSES))
TYPO_WORD_LENGTH_MIN = 4
"""Letters a word needs before one of them may be wrong."""

NEIGHBOUR_MIN, NEIGHBOURS_MIN = 3, 7
"""Letters of each word beside one that only connects, and of both together."""

SPLITS_MAX = 6
SHORT_MAX = 2
SHORT_WORDS = frozenset(["id", "at", "on", "no", "to", "of", "is", "by", "up"])


NEGATIONS = frozenset(["de", "in", "un", "dis", "des"])

PARTICLES, AROUND_PARTICLE_MIN = frozenset(["de", "du", "di", "del", "des", "la"]), 6
"""Short words between two others, and the letters that both together need: "node id" is no "no de id"."""


def _shorter(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


_NEAR: dict[str, frozenset[str]] = {}
for _word in SENSES:
    if len(_word) >= TYPO_WORD_LENGTH_MIN:
        for _form in _shorter(_word) | {_word}:
            _NEAR[_form] = _NEAR.get(_form, frozenset()) | {_word}


@lru_cache(maxsize=16_384)
def splits(compact: str) -> tuple[tuple[str, ...], ...]:
    """The ways to make up the whole name of known words, fewest words first and at most one word more than that.

    Empty where some of the name is not known. "signupdate" is both "signup date" and "sign update".
    """
    ways: list[list[tuple[str, ...]]] = [[()], *([] for _ in compact)]
    for end in range(1, len(compact) + 1):
        for start in range(max(0, end - WORD_LENGTH_MAX), end):
            if ways[start] and compact[start:end] in SENSES:
                ways[end] += [(*way, compact[start:end]) for way in ways[start]]
        ways[end] = sorted(ways[end], key=lambda way: (len(way), way))[:SPLITS_MAX]
    if not compact or not ways[-1]:
        return ()
    fewest = len(ways[-1][0])
    return tuple(way for way in ways[-1] if len(way) <= fewest + 1 and not _undoes(way) and _connects(way))


def _undoes(way: tuple[str, ...]) -> bool:
    """Whether a known word is cut after what turns it round: "deactivated" is not "de activated"."""
    return any(
        (left in NEGATIONS and left + right in SENSES) or (right == "dat" and f"{left}d" in SENSES)
        for left, right in pairwise(way)
    )


def _connects(way: tuple[str, ...]) -> bool:
    """Whether what connects words stands between words that are long enough to be ones: "complain" has no "la"."""
    around = list(zip(("", *way), way, (*way[1:], ""), strict=False))
    return all(
        min(len(left), len(right)) >= NEIGHBOUR_MIN and len(left) + len(right) >= NEIGHBOURS_MIN
        for left, word, right in around
        if word in CONNECTING
    ) and all(len(left) + len(right) >= AROUND_PARTICLE_MIN for left, word, right in around if word in PARTICLES)


def worded(compact: str) -> bool:
    """Whether the name is plainly made of known words: of the shortest ones only those that English names are full of.

    Others stand in many a typo: "ticketts" is no ticket in "ts".
    """
    return any(all(len(word) > SHORT_MAX or word in SHORT_WORDS for word in way) for way in splits(compact))


@lru_cache(maxsize=16_384)
def mended(compact: str) -> tuple[str, ...]:
    """The same name with the one letter put right that keeps it from being known; more than one way if there are."""
    starts = [at for at in range(len(compact)) if at == 0 or splits(compact[:at])]
    ends = [at for at in range(1, len(compact) + 1) if at == len(compact) or splits(compact[at:])]
    found: dict[str, None] = {}
    for start in starts:
        for end in ends:
            middle = compact[start:end]
            if TYPO_WORD_LENGTH_MIN - 1 <= len(middle) <= WORD_LENGTH_MAX + 1 and middle not in SENSES:
                for word in near(middle):
                    found[compact[:start] + word + compact[end:]] = None
    return tuple(found)


def near(word: str) -> list[str]:
    """Known words one letter away: one missing, one too many, one wrong, or two swapped."""
    candidates = set(_NEAR.get(word, ()))
    for shorter in _shorter(word):
        candidates |= _NEAR.get(shorter, frozenset())
    return sorted(each for each in candidates if _one_apart(word, each))


def _one_apart(left: str, right: str) -> bool:
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    first = next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    rest_left, rest_right = left[first:], right[first:]
    return (
        rest_left[1:] == rest_right[1:]
        or rest_left[1:] == rest_right
        or rest_left == rest_right[1:]
        or (rest_left[:2] == rest_right[1::-1] and rest_left[2:] == rest_right[2:])
    )
