"""The whole demonstration group on paper: the same for the same number of people and the same seed."""

from dataclasses import dataclass
from random import Random

from .accounts import Holder, plan_accounts
from .duties import NewDuty, plan_duties, plan_holes
from .folk import Folk, plan_folk
from .history import History, plan_history
from .shape import shape_for
from .tree import Tree, plan_tree

SEED = 2020


@dataclass(frozen=True)
class Plan:
    people: int
    seed: int
    tree: Tree
    folk: Folk
    holders: list[Holder]
    duties: list[NewDuty]
    history: History


def make_plan(people: int, seed: int = SEED) -> Plan:
    """Every part throws dice of its own, so that a change to one leaves the others as they were."""

    def dice(part: str) -> Random:
        return Random(f"{seed} {part}")

    tree = plan_tree(shape_for(people), dice("tree"))
    folk = plan_folk(tree, dice("folk"))
    holders = plan_accounts(tree, folk)
    spared = {holder.person for holder in holders}
    holes = plan_holes(tree, folk, spared, dice("holes"))
    duties = plan_duties(tree, folk, holders, holes, dice("duties"))
    history = plan_history(tree, folk, spared, dice("history"))
    return Plan(people, seed, tree, folk, holders, duties + history.duties, history)
