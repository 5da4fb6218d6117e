from wuli.kernel.orgs.queries.scope import reach, units_where
from wuli.kernel.orgs.rules.duties import Perm


def test_world(world):
    assert reach(world.user("诺敏"), Perm.PERSON_VIEW).roots == ((world.unit("NORTH").path, "operations"),)
    assert units_where(world.user("马力"), Perm.UNIT_VIEW).count() == 4
