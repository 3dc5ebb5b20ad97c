"""Tables, their direction, and their migrations."""

from collections import Counter

import django
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation
from tests.repo.conftest import contexts

django.setup()
OURS = {
    config.label: config.name.split(".")[1] for config in apps.get_app_configs() if config.name.startswith("onedoor.")
}


def test_a_foreign_key_points_down_the_order_or_stays_at_home() -> None:
    height = contexts()
    wrong = [
        f"{model.__name__}.{field.name}"
        for label, context in OURS.items()
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is not None
        if (other := OURS.get(field.related_model._meta.app_label)) is not None  # type: ignore[union-attr]
        if other != context and height[other] >= height[context]
    ]
    assert wrong == []


def test_no_model_inherits_from_another_table() -> None:
    assert [model for label in OURS for model in apps.get_app_config(label).get_models() if model._meta.parents] == []


def test_each_app_has_one_line_of_migrations() -> None:
    loader = MigrationLoader(None)
    ends = Counter(app for app, _ in loader.graph.leaf_nodes() if app in OURS)
    parents = Counter(
        parent
        for key, migration in loader.disk_migrations.items()
        for parent in set(migration.dependencies)
        if key[0] in OURS and parent[0] == key[0]
    )
    assert [app for app, count in ends.items() if count > 1] == []
    assert [parent for parent, children in parents.items() if children > 1] == []


def test_no_change_of_a_model_lacks_its_migration() -> None:
    loader = MigrationLoader(None)
    with translation.override(None):
        detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
        changes = detector.changes(graph=loader.graph)
        missing = {app: [str(act) for one in found for act in one.operations] for app, found in changes.items()}
    assert {app: found for app, found in missing.items() if app in OURS} == {}
