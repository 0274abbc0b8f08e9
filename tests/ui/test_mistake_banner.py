"""The banner takes no room while nothing is wrong, and says what is wrong in words, with the button that heals it."""

from core import edits
from ui.mistake_banner import MistakeBanner


def test_it_is_out_of_sight_until_a_mistake_is_on_and_again_when_it_is_healed(qtbot, xor):
    banner = MistakeBanner()
    qtbot.addWidget(banner)
    banner.show_frame(xor.frame())
    assert banner.isHidden()
    xor.apply(edits.make_mistake("sum-for-mean"))
    banner.show_frame(xor.frame())
    assert not banner.isHidden()
    assert banner.accessibleName() == "Mistake on: Sum for mean"
    assert banner.text.text().startswith("✗ Mistake on: Sum for mean")
    xor.apply(edits.make_mistake("input-twice"))
    banner.show_frame(xor.frame())
    assert banner.accessibleName() == "Mistake on: xᵢ twice"
    xor.apply(edits.heal())
    banner.show_frame(xor.frame())
    assert banner.isHidden()


def test_its_button_heals(qtbot):
    banner = MistakeBanner()
    qtbot.addWidget(banner)
    with qtbot.waitSignal(banner.healed):
        banner.button.click()
