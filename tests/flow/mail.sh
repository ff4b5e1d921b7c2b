#!/bin/sh
exec /usr/bin/python3 tests/flow/mail.py "$FLOW_BIN/mail_render"
