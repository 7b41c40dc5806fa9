"""A gRPC server on port 8001 with one method, which answers with the argument of this program."""

import sys
from concurrent import futures

import grpc

method = grpc.unary_unary_rpc_method_handler(lambda request, context: sys.argv[1].encode())
server = grpc.server(futures.ThreadPoolExecutor(max_workers=2))
server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("homelab.Pod", {"Address": method}),))
server.add_insecure_port("0.0.0.0:8001")
server.start()
server.wait_for_termination()
