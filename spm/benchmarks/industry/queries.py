"""The industry figures that the company keeps."""

from spm.benchmarks.industry.figures import Figure
from spm.metrics.queries import Scene
from spm.store import benchmarks


def figures(scene: Scene) -> list[Figure]:
    """All of them, by metric, role, segment and date."""
    return [Figure(**row) for row in benchmarks.industry_figures(scene.store).to_dict("records")]
