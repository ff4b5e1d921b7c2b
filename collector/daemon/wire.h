/*
 * What the loop and a worker say to each other: JSON documents, one a line,
 * over a socket pair:
 *
 *   loop to loader   {"do":"load","ids":[..],"checked":{feed: error, ..},
 *                    "day":..,"full":..,"more":..}
 *                    bodies on the spool, and feeds that gave none; error is
 *                    null when nothing was new; full: nothing is fetched;
 *                    more: others will come
 *   worker to loop   {"ready":[{feed,checked_at,etag,last_modified},..]}
 *                    {"done":[{id,feed,outcome,text,rows},..],"again":[..],
 *                    "error":..,"retry":..,"look_at":..}
 *                    done names the bodies that the database has, with an
 *                    error too: then what came after them failed; rows: read,
 *                    inserted, revised, unchanged, rejected; again: feeds
 *                    whose body was damaged, null: of which is not known;
 *                    look_at: when to ask again although nothing came; both
 *                    carry "awaited" and "holidays", which say what polling
 *                    and business days depend on, where a feed needs them
 *                    {"owed":true}: another session owes an evaluation
 *   mailer to loop   {"mails":[sent,deferred,refused]}, after each look
 *   loop to claimer  {"holder":NAME,"claim":[[feed,due,token],..],
 *                    "renew":[feed,..],"end":[[feed,done,again],..]}
 *                    instants are microseconds; token: the last it had
 *   claimer to loop  {"claimed":[[feed,token,wait_ms,etag,last_modified,
 *                    others],..],"lost":[feed,..]}; empty when it begins
 *
 * Closing the socket is the last: the worker ends.
 */
#ifndef DAEMON_WIRE_H
#define DAEMON_WIRE_H

#include <jansson.h>
#include <stdbool.h>

#include "kpid/bytes.h"
#include "kpid/error.h"

#define WIRE_BYTES (64 << 20) /* one message */

/* Sends the document and drops the reference. */
MUST_CHECK bool wire_send(int fd, json_t *message, struct kpid_err *err);

enum wire_state { WIRE_MESSAGE, WIRE_NOTHING, WIRE_CLOSED };

/*
 * The next whole message out of `in`, reading fd once when there is none.
 * *message is the caller's. WIRE_NOTHING: not all of it is here yet.
 */
enum wire_state wire_receive(int fd, struct buf *in, json_t **message);

#endif
