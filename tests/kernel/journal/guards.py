"""The journal's triggers. They refuse the emptying of tables between tests that commit, so most tests do without."""

from django.db import connection

from wuli.kernel.journal.models import Event, Guard


def take_down():
    _execute(lambda guard, editor: guard.remove_sql(Event, editor))


def put_up():
    _execute(lambda guard, editor: guard.create_sql(Event, editor))


def _execute(sql_of):
    editor = connection.schema_editor()
    with connection.cursor() as cursor:
        for guard in Event._meta.constraints:
            if isinstance(guard, Guard) and (sql := sql_of(guard, editor)):
                cursor.execute(str(sql))
