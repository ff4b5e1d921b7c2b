#!/bin/sh
exec /usr/bin/python3 tests/flow/smtp.py "$FLOW_BIN/smtp_client"
