"""An S3 server in memory (moto) that tells what it is asked.

First it prints its port, then a line for each request as it arrives: method (COPY for a PUT that
copies), path with query, the Range header or "-". While the file HOLD is there, requests that match
PATTERN wait. It ends with its standard input.

usage: s3server.py HOLD PATTERN
"""

import os
import re
import sys
import threading
import time

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server


class Told:
    def __init__(self, app, hold, pattern):
        self.app = app
        self.hold = hold
        self.pattern = re.compile(pattern)
        self.lock = threading.Lock()

    def __call__(self, environ, start_response):
        query = environ.get("QUERY_STRING", "")
        path = environ["PATH_INFO"] + ("?" + query if query else "")
        copies = "HTTP_X_AMZ_COPY_SOURCE" in environ
        method = "COPY" if copies else environ["REQUEST_METHOD"]
        request = f"{method} {path} {environ.get('HTTP_RANGE', '-')}"
        with self.lock:  # lines of two threads stay apart
            print(request, flush=True)
        while self.pattern.search(request) and os.path.exists(self.hold):
            time.sleep(0.02)
        return self.app(environ, start_response)


class Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # keeps connections

    def handle_expect_100(self):
        return True  # werkzeug itself answers

    def log(self, *_):
        pass


def main(hold, pattern):
    app = Told(DomainDispatcherApplication(create_backend_app), hold, pattern)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Handler)
    server.daemon_threads = True
    print(server.server_port, flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


main(*sys.argv[1:])
