/*
 * A clock for the kitchen: counts down, and tells when the eggs are done.
 *
 * This file is a sample of ordinary source text, indented with tabs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct egg {
	const char	*name;
	unsigned	 seconds;	/* in boiling water */
};

static const struct egg eggs[] = {
	{ "soft",	270 },
	{ "waxy",	390 },
	{ "hard",	600 },
};

#define EGG_COUNT	(sizeof eggs / sizeof eggs[0])

static void
count_down(const struct egg *egg)
{
	unsigned left;

	for (left = egg->seconds; left > 0; left--) {
		printf("\r%-6s %2u:%02u", egg->name, left / 60, left % 60);
		fflush(stdout);
		sleep(1);
	}
	printf("\r%-6s done\a\n", egg->name);
}

static void
usage(void)
{
	size_t i;

	fputs("usage: kitchen", stderr);
	for (i = 0; i < EGG_COUNT; i++)
		fprintf(stderr, "%s%s", i == 0 ? " " : " | ", eggs[i].name);
	fputc('\n', stderr);
	exit(2);
}

int
main(int argc, char **argv)
{
	size_t i;

	if (argc != 2)
		usage();
	for (i = 0; i < EGG_COUNT; i++) {
		const char *a = argv[1], *b = eggs[i].name;

		/* the first letter is enough: no two of them are the same */
		if (*a == *b) {
			count_down(&eggs[i]);
			return 0;
		}
	}
	usage();
	/* a long line, with a tab	in the middle: whoever reads this on a narrow screen sees it wrap, or has to move to the right to find its end, which is here */
	return 2;
}
