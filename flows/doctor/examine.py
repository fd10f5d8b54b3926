"""All checks, in the order they are shown."""

from collections.abc import Callable, Iterator

from flows.complaints import explain
from flows.doctor import installation, warehouse
from flows.doctor.record import WRONG, Check, Patient

_CHECKS: tuple[Callable[[Patient], Check], ...] = (
    installation.packages,
    installation.libreoffice,
    installation.reference,
    installation.inbox,
    installation.rights,
    installation.disk,
    installation.prefect,
    installation.notification,
    warehouse.content,
    warehouse.quarantine,
    warehouse.corrections,
    warehouse.last_run,
    warehouse.schedule,
)


def examine(patient: Patient) -> Iterator[Check]:
    """Look at everything; a check that cannot be made is wrong, and the others go on."""
    for check in _CHECKS:
        try:
            yield check(patient)
        # Whatever is broken here is what is looked for.
        except Exception as error:  # noqa: BLE001
            yield Check(check.__name__, WRONG, explain(error), "look at it by hand")
