/*
 * The command line: kpid [-c FILE] COMMAND ...
 */
#ifndef KPID_CLI_H
#define KPID_CLI_H

/* Runs what argv says; the process's exit code: 0 done, 1 some feed failed or
 * the named file was refused, 2 usage, 75 try later, 78 configuration. */
int cli_main(int argc, char **argv);

#endif
