"""``python -m onedoor.bench.peers.spiff_lives``: a plan by SpiffWorkflow, its state saved after each step.

Each step locks its row and reads the state, as it must where the next step is another person's in another process.
``kept``: to its favour the workflow stays in memory between steps and is only written; nothing is read back or locked.
``noted``: each step leaves a row beside the state too, in the same transaction, as ours leaves a fact in the journal.
"""

from __future__ import annotations

import json
import sys
import time
from io import BytesIO
from typing import Any, Final

PLAN: Final = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="plan" targetNamespace="onedoor">
  <process id="case" isExecutable="true">
    <startEvent id="start"/>
    <manualTask id="accept"/>
    <parallelGateway id="split"/>
    <manualTask id="opinion_1"/>
    <manualTask id="opinion_2"/>
    <parallelGateway id="join"/>
    <manualTask id="review"/>
    <manualTask id="decide"/>
    <endEvent id="end"/>
    <sequenceFlow id="f1" sourceRef="start" targetRef="accept"/>
    <sequenceFlow id="f2" sourceRef="accept" targetRef="split"/>
    <sequenceFlow id="f3" sourceRef="split" targetRef="opinion_1"/>
    <sequenceFlow id="f4" sourceRef="split" targetRef="opinion_2"/>
    <sequenceFlow id="f5" sourceRef="opinion_1" targetRef="join"/>
    <sequenceFlow id="f6" sourceRef="opinion_2" targetRef="join"/>
    <sequenceFlow id="f7" sourceRef="join" targetRef="review"/>
    <sequenceFlow id="f8" sourceRef="review" targetRef="decide"/>
    <sequenceFlow id="f9" sourceRef="decide" targetRef="end"/>
  </process>
</definitions>
"""
TABLE: Final = "CREATE TABLE IF NOT EXISTS spiff_case (id bigserial PRIMARY KEY, state jsonb NOT NULL)"
NOTES: Final = """
CREATE TABLE IF NOT EXISTS spiff_note (id bigserial PRIMARY KEY, case_id bigint NOT NULL, seq int NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(), actor text NOT NULL, kind text NOT NULL, body jsonb NOT NULL,
  UNIQUE (case_id, seq))
"""
OPEN: Final = "INSERT INTO spiff_case (state) VALUES (%s) RETURNING id"
LOCK: Final = "SELECT state::text FROM spiff_case WHERE id = %s FOR UPDATE"
SAVE: Final = "UPDATE spiff_case SET state = %s WHERE id = %s"
NOTE: Final = "INSERT INTO spiff_note (case_id, seq, actor, kind, body) VALUES (%s, %s, %s, %s, %s)"


def main() -> None:
    """``{"dsn", "schema", "lives", "kept", "noted"}`` on standard input; milliseconds of steps on standard output."""
    import psycopg
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer

    job = json.load(sys.stdin)
    parser = BpmnParser()
    parser.add_bpmn_io(BytesIO(PLAN.encode()))
    spec, writer = parser.get_spec("case"), BpmnWorkflowSerializer()
    took: list[float] = []
    with psycopg.connect(job["dsn"], options=f"-c search_path={job['schema']}", autocommit=True) as connection:
        connection.execute(TABLE)
        connection.execute(NOTES)
        for number in range(job["lives"] + 1):
            times = _life(connection, spec, writer, kept=job["kept"], noted=job["noted"])
            took += times if number else []  # the first warms up
    sys.stdout.write(json.dumps(took))


def _life(connection: Any, spec: Any, writer: Any, *, kept: bool, noted: bool) -> list[float]:
    from SpiffWorkflow import TaskState
    from SpiffWorkflow.bpmn import BpmnWorkflow

    workflow = BpmnWorkflow(spec)
    workflow.do_engine_steps()
    row = connection.execute(OPEN, [writer.serialize_json(workflow)]).fetchone()
    took: list[float] = []
    while workflow.get_tasks(state=TaskState.READY, manual=True):
        began = time.perf_counter()
        with connection.transaction():
            if not kept:
                workflow = writer.deserialize_json(connection.execute(LOCK, row).fetchone()[0])
            waiting = workflow.get_tasks(state=TaskState.READY, manual=True)
            waiting[0].data.update({f"{waiting[0].task_spec.name}_opinion": "无异议。"})
            waiting[0].run()
            workflow.do_engine_steps()
            connection.execute(SAVE, [writer.serialize_json(workflow), row[0]])
            if noted:
                done = waiting[0]
                connection.execute(NOTE, [row[0], len(took), "bench", done.task_spec.name, json.dumps(done.data)])
        took.append((time.perf_counter() - began) * 1000)
    return took


if __name__ == "__main__":
    main()
