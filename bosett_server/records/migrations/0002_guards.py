"""What must never break, as the database's own rules: runs `records/sql/*.sql` in order of their names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import migrations

from bosett_server.database import origin

FOLDER = Path(__file__).parent.parent / "sql"


def run_sql(_apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_user), quote_ident(%s)", [settings.BOSETT_APP_ROLE])
        owner, app = cursor.fetchone()
        for path in sorted(FOLDER.glob("*.sql")):
            text = path.read_text(encoding="utf-8").replace("{owner}", owner).replace("{app}", app)
            cursor.execute(text)
        # Which tables these are, so that another version can say that it does not know them.
        cursor.execute("COMMENT ON TABLE django_migrations IS %s", [origin.noted(origin.tables_here())])


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(run_sql, migrations.RunPython.noop)]
