"""Letters to those whom a handover concerns: what is decided, and when it is called off.

They name nobody: a letter may reach the wrong reader.
"""

from halsonav.people.letters import own_address, send_letter
from halsonav.people.models import Handover


def tell_what_is_decided(handover: Handover) -> None:
    """Tell the leaver the last day, and a successor with an account what they take over and when.

    A newcomer is told by the invitation. Sent in the transaction that is open.
    """
    leaver, successor = handover.leaver, handover.successor
    send_letter("last_day", to=leaver.email, language=leaver.language, handover=handover)
    if successor:
        link = own_address("account_login", successor.language)
        told = {"handover": handover, "link": link}
        send_letter("taking_over", to=successor.email, language=successor.language, **told)


def tell_that_it_is_called_off(handover: Handover) -> None:
    """Tell those whom it concerned and who still have an account, in the open transaction."""
    for person in (handover.leaver, handover.successor):
        if person and person.is_active:
            send_letter("handover_called_off", to=person.email, language=person.language)
