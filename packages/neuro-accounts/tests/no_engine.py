from django.tasks.backends.base import BaseTaskBackend


class Nowhere(BaseTaskBackend):
    """A task engine that cannot be reached."""

    def enqueue(self, task, args, kwargs):
        raise ConnectionRefusedError("no engine")
