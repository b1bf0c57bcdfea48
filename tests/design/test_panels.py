"""Today's panels: in order, only those with something to do."""

from halsonav.design.panels import Panel, Row, forget, panels_for, register

ROW = Row("I dag", "Ring vårdcentralen", "/arbete/", late=True)


def test_panels_come_in_order_for_the_user() -> None:
    register(20, lambda user: Panel(f"Sist, {user}", [ROW]))
    register(10, lambda user: Panel("Först", [ROW]))

    assert [panel.title for panel in panels_for("Amina")] == ["Först", "Sist, Amina"]


def test_a_panel_with_nothing_to_do_is_not_shown() -> None:
    register(1, lambda user: None)
    register(2, lambda user: Panel("Tom"))

    assert panels_for(None) == []


def test_the_registry_can_be_emptied() -> None:
    register(1, lambda user: Panel("Något", [ROW]))
    forget()

    assert panels_for(None) == []
