"""Two tasks, one of which needs what the other gives, in a group: for Airflow 2.11 and 3 alike."""
from datetime import datetime

try:
    from airflow.sdk import dag, task, task_group
except ImportError:
    from airflow.decorators import dag, task, task_group


@dag(dag_id="hello", start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def hello():
    @task
    def say():
        print("said by the task")
        return 42

    @task_group
    def audience(said):
        @task
        def hear(number):
            assert number == 42

        hear(said)

    audience(say())


hello()
