"""Tasks that tests put in the queue."""

from django_tasks import task

done: list[str] = []


@task()
def succeed(word: str) -> None:
    done.append(word)


@task()
def fail(word: str) -> None:
    raise ValueError(f"{word} is a secret")
