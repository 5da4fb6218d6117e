"""What does many values at once gives the same as one by one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from wuli.base.crypto import decrypt, encrypt_all
from wuli.base.pinyin import pinyin_of, readings


@given(st.lists(st.text(max_size=20)))
def test_ciphers(texts):
    assert [decrypt(cipher) for cipher in encrypt_all(texts)] == texts


@settings(deadline=None)  # the first reading loads a dictionary
@given(st.text("单解曾张王晓梅才让多杰Ab1· ", min_size=1, max_size=5))
def test_pinyin(name):
    first, elsewhere = readings(name)
    assert pinyin_of(name)[0] == first[name[0]] + "".join(elsewhere[sign] for sign in name[1:])
