#include "digits.h"

bool
take_digits(struct slice *s, int n, int *out)
{
	int value = 0;

	if (s->len < (size_t)n)
		return false;
	for (int i = 0; i < n; i++) {
		if (s->ptr[i] < '0' || s->ptr[i] > '9')
			return false;
		value = 10 * value + (s->ptr[i] - '0');
	}
	*s = (struct slice){ s->ptr + n, s->len - (size_t)n };
	*out = value;
	return true;
}

bool
take_char(struct slice *s, char c)
{
	if (s->len == 0 || s->ptr[0] != c)
		return false;
	*s = (struct slice){ s->ptr + 1, s->len - 1 };
	return true;
}

bool
take_date(struct slice *s, int date[3])
{
	struct slice in = *s;

	if (!take_digits(&in, 4, &date[0]) || !take_char(&in, '-')
	    || !take_digits(&in, 2, &date[1]) || !take_char(&in, '-')
	    || !take_digits(&in, 2, &date[2]))
		return false;
	*s = in;
	return true;
}
