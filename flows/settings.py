"""Where a run keeps its things: the warehouse, and the state folder beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flows.exceptions import SettingsError

DEFAULT_WAREHOUSE = Path("data/warehouse.duckdb")
# Warehouses kept for a way back: three nights, for nobody looks over a weekend.
KEPT = 3
RUNNERS = ("serial", "processes", "dask", "ray")
# Those that work on a cluster, through Prefect's task runners.
CLUSTERS = ("dask", "ray")
EXPORT_FORMATS = ("csv", "parquet", "xlsx")
LABEL_LANGUAGES = ("en", "zh")
DEFAULT_INBOX = Path("data/inbox")
DEFAULT_CRON = "30 2 * * *"
DEFAULT_TIMEZONE = "Asia/Shanghai"
# The last pause is half an hour (flows/patience.py); the next would be two.
MOST_RETRIES = 4
# as data/reference/notices.json has them, and JSON for programs
NOTICE_FORMS = ("json", "wecom", "dingtalk", "feishu")


@dataclass(frozen=True, slots=True)
class Settings:
    """Absolute paths of one warehouse; raises SettingsError where they cannot work."""

    warehouse: Path
    prefect_home: Path

    def __post_init__(self) -> None:
        if self.warehouse.is_dir():
            message = f"{self.warehouse} is a folder: name the warehouse file inside it"
            raise SettingsError(message)
        for parent in self.warehouse.parents:
            if parent.is_dir():
                break
            if parent.exists():
                message = f"{parent} is a file, so {self.warehouse} cannot be: choose another path"
                raise SettingsError(message)

    @property
    def state(self) -> Path:
        """Folder of everything a run keeps that is not the warehouse itself."""
        return self.warehouse.parent / "state"

    @property
    def corrections(self) -> Path:
        """File of corrections that people made to this warehouse."""
        return self.warehouse.parent / "corrections.csv"

    @property
    def lock(self) -> Path:
        """File locked by the one writer."""
        return self.state / "lock"

    @property
    def shards(self) -> Path:
        """Folder of the Parquet shards of the run under way."""
        return self.state / "shards"

    @property
    def earlier(self) -> Path:
        """Folder of the warehouses that were published before."""
        return self.state / "earlier"

    @property
    def packs(self) -> Path:
        """Folder of what the workers of a cluster leave, where no other place is named."""
        return self.state / "packs"

    @property
    def upcoming(self) -> Path:
        """The next warehouse while it is built, in the same folder so that a rename suffices."""
        return self.warehouse.with_name(self.warehouse.name + ".next")


def read_settings(warehouse: Path | None, environment: Mapping[str, str]) -> Settings:
    """Make settings from the command line and the environment.

    Links are resolved: publishing replaces the file a link points to, not the link.
    """
    path = (warehouse or DEFAULT_WAREHOUSE).expanduser().resolve()
    home = environment.get("PREFECT_HOME")
    prefect_home = Path(home).expanduser() if home else path.parent / "state" / "prefect"
    return Settings(warehouse=path, prefect_home=prefect_home.resolve())
