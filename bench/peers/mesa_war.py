"""The war of bench/sketch.cpp as a model of Mesa: places are agents on a network of roads, men lie in numpy arrays."""

import csv
import re
from dataclasses import dataclass

import networkx
import numpy as np
from mesa import Model
from mesa.discrete_space import FixedAgent, Network

DAYS, WEEK, FIRST_DAY = 1095, 7, "2016-01-01"


@dataclass
class Map:
    """The first day of a package, as the sketch reads it."""

    kill_rate: np.ndarray  # [actor], per day
    value: list  # [place]
    men: np.ndarray  # [place, actor]
    holder: np.ndarray  # [place], an actor or -1: nobody
    hostile: np.ndarray  # [actor, actor], 0 or 1
    friendly: np.ndarray  # [actor, actor]
    roads: networkx.Graph


def middle(text, otherwise=0.0):
    """The mean of the first two numbers in a text such as 0.2..0.4."""
    numbers = re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", text)[:2]
    return sum(map(float, numbers)) / len(numbers) if numbers else otherwise


def read_map(folder):
    def read(name):
        with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    actors = [row for row in read("actors") if row["kind"] == "ground"]
    actor = {row["id"]: a for a, row in enumerate(actors)}
    places = read("places")
    place = {row["place_id"]: p for p, row in enumerate(places)}
    roads = networkx.Graph()
    roads.add_nodes_from(range(len(places)))
    roads.add_edges_from((place[row["a"]], place[row["b"]]) for row in read("links"))
    holder = np.full(len(places), -1)
    for row in read("control"):
        if row["from_date"] <= FIRST_DAY <= row["to_date"] and row["controller"] in actor:
            holder[place[row["place_id"]]] = actor[row["controller"]]
    hostile = np.zeros((len(actors), len(actors)))
    friendly = np.array([[a["command"] == b["command"] for b in actors] for a in actors])
    for row in read("ties"):
        if row["alignment"] and row["a"] in actor and row["b"] in actor:
            a, b = actor[row["a"]], actor[row["b"]]
            hostile[a, b] = hostile[b, a] = middle(row["alignment"]) <= -0.5
            friendly[a, b] = friendly[b, a] = friendly[a, b] or middle(row["alignment"]) >= 0.5
    forces = sorted((row for row in read("forces") if row["date"] <= FIRST_DAY), key=lambda row: row["date"])
    latest = {(actor[row["actor"]], row["place_id"]): row["fighters"] for row in forces if row["actor"] in actor}
    men = np.zeros((len(places), len(actors)))
    for (a, where), fighters in latest.items():
        number = round(middle(fighters) * middle(actors[a]["front_line_fraction"], 1))
        held = holder == a
        if where == "*":
            men[held, a] += round(number / max(1, held.sum()))
        else:
            men[place[where], a] += number
    kill_rate = np.array([middle(row["kill_rate"], 0.001) for row in actors])
    return Map(kill_rate, [middle(row["value"], 1) for row in places], men, holder, hostile, friendly, roads)


class Place(FixedAgent):
    """A place; it gives the weekly orders of those who are there, and fights by itself where the war says so."""

    def __init__(self, war, cell, value):
        super().__init__(war)
        self.cell = cell
        self.index = cell.coordinate
        self.neighbours = []  # filled when all places are there
        self.value = value
        self.is_calm = False  # nobody fires until somebody comes

    def order(self):
        """Half of the men go to the best neighbouring target: one of an enemy who is weaker than they, by its value and
        the odds, or, where no enemy is near, the one of friends with most enemies around it."""
        war, here = self.model, self.index
        for a, sent in enumerate(war.men_to_send[here]):
            if sent <= 0:
                continue
            best, most = None, 0
            for place in self.neighbours:
                there = place.index
                worth = 0
                if war.is_hostile_held[there][a]:
                    enemies = war.enemies[there][a]
                    worth = 1000 * place.value * sent / (sent + enemies) if sent > enemies else 0
                elif war.is_friends[there][a] and not war.is_enemy_near[here][a]:
                    worth = war.enemies_around[there][a]
                if worth > most:
                    best, most = there, worth
            if best is not None:
                war.moves.append((here, best, a, sent))

    def fight(self):
        """Fire and control of a day here. A sum of Poisson numbers is one."""
        war, here = self.model, self.index
        men = war.men[here].tolist()
        dead = {}
        for a in (there := [a for a, n in enumerate(men) if n > 0]):
            targets = [b for b in there if war.is_hostile[a][b]]
            for b in targets:
                dead[b] = dead.get(b, 0) + war.rates[a] * men[a] / len(targets)
        for b in sorted(dead):
            fallen = min(men[b], war.rng.poisson(dead[b]))
            men[b] -= fallen
            war.men[here, b] = men[b]
            war.killed += fallen
        self.is_calm = not dead
        holder = war.holder[here]
        left = [a for a in there if men[a] > 0]
        if not any(war.friends[holder][a] for a in left):
            claimants = [a for a in left if war.claims[holder][a]]
            if claimants:
                war.holder[here] = max(claimants, key=men.__getitem__)
                war.taken += 1


class War(Model):
    """Fire and control every day, orders every week; by whole map: the places of a day in one numpy call."""

    def __init__(self, land, by_whole_map, seed):
        super().__init__(rng=seed)
        self.kill_rate, self.hostile = land.kill_rate, land.hostile
        self.rates, self.is_hostile = land.kill_rate.tolist(), land.hostile.tolist()  # lists are quicker one by one
        # One row more, which index -1 finds: a place that nobody holds has no friends, and all may claim it.
        nobody = np.zeros((1, len(land.kill_rate)), dtype=bool)
        self.friends_of = np.vstack([land.friendly, nobody])
        self.claims_on = np.vstack([land.hostile > 0, ~nobody])
        self.friends, self.claims = self.friends_of.tolist(), self.claims_on.tolist()
        self.hostile_to = np.vstack([land.hostile > 0, nobody])
        self.men, self.holder = land.men.copy(), land.holder.copy()
        self.roads = networkx.to_numpy_array(land.roads)
        self.by_whole_map = by_whole_map
        self.killed = self.taken = 0
        for cell in Network(land.roads, random=self.random).all_cells:
            Place(self, cell, land.value[cell.coordinate])
        for place in self.agents:
            place.neighbours = [cell.agents[0] for cell in place.cell.connections.values()]

    def step(self):
        if (self.steps - 1) % WEEK == 0:  # Mesa counts the step before it is made
            self.give_orders()
        if self.by_whole_map:
            self.fight_everywhere()
        else:
            self.agents.select(lambda place: not place.is_calm).do("fight")

    def give_orders(self):
        enemies = self.men @ self.hostile
        self.men_to_send = (self.men // 2).tolist()
        is_hostile_held = self.hostile_to[self.holder]
        self.enemies, self.is_hostile_held = enemies.tolist(), is_hostile_held.tolist()
        self.is_friends = self.friends_of[self.holder].tolist()
        self.enemies_around = (self.roads @ (enemies > 0)).tolist()
        self.is_enemy_near = (self.roads @ is_hostile_held > 0).tolist()
        self.moves = []
        self.agents.do("order")
        for here, there, a, sent in self.moves:
            self.men[here, a] -= sent
            self.men[there, a] += sent
        self.agents.set("is_calm", False)

    def fight_everywhere(self):
        """What Place.fight does, in all places at once."""
        is_there = self.men > 0
        targets = np.maximum(1, is_there @ self.hostile)
        dead = (self.kill_rate * self.men / targets) @ self.hostile * is_there
        fallen = np.minimum(self.men, self.rng.poisson(dead))
        self.men -= fallen
        self.killed += fallen.sum()
        is_defended = (self.friends_of[self.holder] & (self.men > 0)).any(axis=1)
        claims = np.where(self.claims_on[self.holder], self.men, 0)
        is_taken = ~is_defended & (claims > 0).any(axis=1)
        self.holder[is_taken] = claims.argmax(axis=1)[is_taken]
        self.taken += is_taken.sum()


def ends_of_war(folder, by_whole_map):
    """A function of runs and seed: run by run the fighters killed, places taken, men and places of each at the end."""
    land = read_map(folder)

    def run(runs, seed):
        ends = []
        for k in range(runs):
            war = War(land, by_whole_map, seed + k)
            for _ in range(DAYS):
                war.step()
            held = [(war.holder == a).sum() for a in range(len(land.kill_rate))]
            ends.append([float(x) for x in (war.killed, war.taken, *war.men.sum(axis=0), *held)])
        return ends

    return run
