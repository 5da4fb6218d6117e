import pytest

from tests.world import DAY_ONE, START
from wuli.kernel.orgs.actions import people
from wuli.kernel.orgs.actions.people import Place


@pytest.fixture
def join(world):
    """Put someone on the roll of a unit, at a post of a step."""
    count = iter(range(900, 2000))

    def joined(unit, step="", post="", *, name="", on=DAY_ONE, **more):
        number = str(next(count))
        employer = {"employer": world.unit("WORKS-1")} if not more.get("outside_employer") else {}
        place = Place(world.unit(unit), process_step=step, post=post, **employer, **more)
        return people.join(number=number, name=name or f"人{number}", place=place, on=on, by=None, at=START)

    return joined
