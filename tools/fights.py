"""Who fights whom and who attacks whom in the observed data and in runs, and whether the observed data could have told accounts apart by that."""
import bisect
import itertools
import random
import statistics

from page_parts import quantile

RESAMPLES = 200
FEWEST = 3  # realizations that a forecast needs when one is left out


def shares(deaths):
    """Of each side and enemy what part of the dead of all of the side's fights fell between the two. deaths: by pair of sides. A side in
    whose fights nobody died has none."""
    of_side = {}
    for pair, dead in deaths.items():
        for side in pair:
            of_side[side] = of_side.get(side, 0) + dead
    return {(side, other): dead / of_side[side] for pair, dead in deaths.items() for side, other in (pair, pair[::-1]) if of_side[side] > 0}


class Members:
    """The realizations of a forecast of one number, one of which may be left out."""

    def __init__(self, values):
        self.sorted = sorted(values)
        self.sums = [0, *itertools.accumulate(self.sorted)]
        self.pairs = sum(x * (2 * k - len(self.sorted) + 1) for k, x in enumerate(self.sorted))  # of |x - y|, each pair once

    def distance(self, value):
        """Sum of the distances of all from a value."""
        k, n = bisect.bisect(self.sorted, value), len(self.sorted)
        return value * k - self.sums[k] + self.sums[n] - self.sums[k] - value * (n - k)

    def fair_crps(self, observed, left_out=None):
        n, far, pairs = len(self.sorted), self.distance(observed), self.pairs
        if left_out is not None:
            n, far, pairs = n - 1, far - abs(left_out - observed), pairs - self.distance(left_out)
        return far / n - pairs / (n * (n - 1))

    def holds(self, value):
        """Whether a value lies where 95 of 100 realizations lie."""
        return quantile(self.sorted, 0.025) <= value <= quantile(self.sorted, 0.975)


def told_apart(runs, seed=1):
    """Of each ordered pair of accounts in how many of a hundred realizations of the first, taken for the observed data, it scores better than
    the second beyond chance, and in how many worse: by the fair CRPS of all numbers, with intervals from resampled pairs of sides. The realization that
    is taken for them is left out of both forecasts, which share their draws. runs: by account a list of numbers by pair of sides, such as shares (above)."""
    members = {account: {} for account in runs}
    for account, own in runs.items():
        for fight in {fight for run in own for fight in run}:
            members[account][fight] = Members([run[fight] for run in own if fight in run])
    dyads = sorted({tuple(sorted(fight)) for of in members.values() for fight in of})
    at = {dyad: k for k, dyad in enumerate(dyads)}
    rng = random.Random(seed)
    times = []
    for _ in range(RESAMPLES):
        drawn = [0] * len(dyads)
        for k in rng.choices(range(len(dyads)), k=len(dyads)):
            drawn[k] += 1
        times.append(drawn)
    found = {}
    for truth, other in itertools.permutations(runs, 2):
        told = wrong = 0
        for number, record in enumerate(runs[truth]):
            sums, counts = {}, {}
            for fight, share in record.items():
                same = runs[other][number].get(fight) if number < len(runs[other]) else None
                rival = members[other].get(fight)
                if rival is None or min(len(rival.sorted) - (same is not None), len(members[truth][fight].sorted) - 1) < FEWEST:
                    continue
                k = at[tuple(sorted(fight))]
                sums[k] = sums.get(k, 0) + members[truth][fight].fair_crps(share, share) - rival.fair_crps(share, same)
                counts[k] = counts.get(k, 0) + 1
            means = []
            for drawn in times:
                n = sum(drawn[k] * count for k, count in counts.items())
                if n > 0:
                    means.append(sum(drawn[k] * total for k, total in sums.items()) / n)
            told += bool(means) and quantile(means, 0.975) < 0
            wrong += bool(means) and quantile(means, 0.025) > 0
        n = len(runs[truth])
        found[truth, other] = 100 * told / n, 100 * wrong / n
    return found


def power_of_one(values):
    """Of two different accounts, the first of which is true, how often in a hundred its number lies where fewer than 5 of 100 realizations of the
    second do; the mean over all pairs. values: by account the number in each realization. Of accounts that say the same it is some five."""
    members = {account: Members(own) for account, own in values.items() if len(own) > FEWEST}
    outside = [100 * statistics.fmean(not members[other].holds(value) for value in values[truth])
               for truth, other in itertools.permutations(members, 2)]
    return statistics.fmean(outside) if outside else float("nan")


def captures(spells, first, last):
    """How many places each side took from each other on a day from `first` to `last`. spells: of places, in order of time, as control.csv has
    them; who holds a place after it was fought over, or nobody's, took it from whoever held it before."""
    holder, found = {}, {}
    for spell in spells:
        place, taker = spell["place_id"], spell["controller"]
        if taker in ("contested", "none", ""):
            continue
        loser = holder.get(place)
        if loser not in (None, taker) and first <= spell["from_date"] <= last:
            found[taker, loser] = found.get((taker, loser), 0) + 1
        holder[place] = taker
    return found
