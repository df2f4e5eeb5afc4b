"""What must never break, as the database's own rules: runs `records/sql/*.sql` in order of their names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import migrations

FOLDER = Path(__file__).parent.parent / "sql"


def run_sql(_apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_user), quote_ident(%s)", [settings.BOSETT_APP_ROLE])
        owner, app = cursor.fetchone()
        for path in sorted(FOLDER.glob("*.sql")):
            text = path.read_text(encoding="utf-8").replace("{owner}", owner).replace("{app}", app)
            cursor.execute(text)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(run_sql, migrations.RunPython.noop)]
