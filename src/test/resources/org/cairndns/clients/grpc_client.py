"""Calls a service over one channel with the policy round_robin, and prints each change of the set of pods that answer.

Argument: the name. It looks at the last eight calls, ten calls a second.
"""

import collections
import json
import sys
import time

import grpc

POLICY = json.dumps({"loadBalancingConfig": [{"round_robin": {}}]})
channel = grpc.insecure_channel(
    "dns:///" + sys.argv[1],
    options=[("grpc.service_config", POLICY), ("grpc.dns_min_time_between_resolutions_ms", 500)],
)
call = channel.unary_unary("/homelab.Pod/Address")
last = collections.deque(maxlen=8)
shown = None
while True:
    try:
        last.append(call(b"", timeout=2).decode())
    except grpc.RpcError as failure:
        print("failed:", failure.code().name, flush=True)
    pods = sorted(set(last))
    if len(last) == last.maxlen and pods != shown:
        print(*pods, flush=True)
        shown = pods
    time.sleep(0.1)
