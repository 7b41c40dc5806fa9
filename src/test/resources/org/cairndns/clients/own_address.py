"""Answers each HTTP request with the address that it was sent to. Argument: the port."""

import http.server
import sys


class OwnAddress(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = self.connection.getsockname()[0].encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


http.server.ThreadingHTTPServer(("0.0.0.0", int(sys.argv[1])), OwnAddress).serve_forever()
