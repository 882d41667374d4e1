"""How much is filled in and how long is measured: a small scale for every day, the full one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    name: str
    items: int
    people: int
    experts: int
    trainings: int
    applications_each: int
    certificates: int  # already issued and on file before anything is measured
    texts: int  # different texts from which titles and abstracts are put together
    seconds: float  # under load, per page
    documents: int  # certificates made by the workers
    letters: int
    memory: str  # of PostgreSQL

    @property
    def names(self) -> int:
        """Different names among the people."""
        return self.people // 4

    @property
    def applications(self) -> int:
        return self.trainings * self.applications_each


SMALL = Scale(
    name="small",
    items=20_000,
    people=5_000,
    experts=2_000,
    trainings=500,
    applications_each=40,
    certificates=2_000,
    texts=2_000,
    seconds=3,
    documents=200,
    letters=1_000,
    memory="256MB",
)
FULL = Scale(
    name="full",
    items=1_000_000,
    people=200_000,
    experts=50_000,
    trainings=10_000,
    applications_each=100,
    certificates=100_000,
    texts=20_000,
    seconds=8,
    documents=10_000,
    letters=10_000,
    memory="2GB",
)
# To try the benchmark itself.
TINY = Scale(
    name="tiny",
    items=2_000,
    people=1_000,
    experts=200,
    trainings=100,
    applications_each=20,
    certificates=100,
    texts=200,
    seconds=1,
    documents=20,
    letters=50,
    memory="64MB",
)
SCALES = {scale.name: scale for scale in (TINY, SMALL, FULL)}
