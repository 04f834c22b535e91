using System.Text.Json;
using Resort.Sidecar.Expressions;

namespace Resort.Tests.Sidecar.Expressions;

public class CelExpressionTests
{
    private static readonly JsonElement order = JsonDocument.Parse(
        """{"type":"order.placed","source":"shop","data":{"n":12.5,"count":3,"text":"12","items":[{"sku":"a"},{"sku":"b"}],"none":null,"flag":true}}""").RootElement;

    [Theory]
    [InlineData("event.type == \"order.placed\"")]
    [InlineData("event.type != 'other' && event.source in [\"shop\", 'store']")]
    [InlineData("event.data.n > 12 && event.data.n <= 12.5 && event.data.count == 3")]
    [InlineData("event[\"data\"].items[1].sku == \"b\"")]
    [InlineData("size(event.data.items) == 2 && event.data.items.size() >= 2 && 'text'.size() == 4")]
    [InlineData("has(event.data.text) && !has(event.data.absent)")]
    [InlineData("'count' in event.data")]
    [InlineData("event.data.none == null")]
    [InlineData("event.type.startsWith('order.') && event.type.endsWith(\"placed\") && event.type.contains('r.p') && event.type.matches('^order\\\\..*$')")]
    [InlineData("1 + 2 * 3 == 7 && (1 + 2) * 3 == 9 && 7 / 2 == 3 && 7 % 2 == 1 && -3 < -2 && 7.0 / 2.0 == 3.5")]
    [InlineData("'a' + 'b' == 'ab' && [1] + [2] == [1, 2] && 0x10 == 16 && 1.5e1 == 15.0")]
    [InlineData("event.data.flag ? true : event.absent")]
    [InlineData("event.absent == 1 || true")]
    [InlineData("!(event.absent == 1 && false)")]
    [InlineData("int(event.data.text) == 12 && double('1.5') == 1.5 && string(3) == '3'")]
    [InlineData("  true // what follows does not count")]
    [InlineData("r'\\d' == \"\\\\d\" && '\\u00e9' == 'é' && '''it's''' == \"it's\"")]
    public void Holds(string expression) => Evaluate(expression).Should().BeTrue();

    [Theory]
    [InlineData("event.absent == 1", "no such key: absent")]
    [InlineData("event.data.absent.deeper == 1", "no such key: absent")]
    [InlineData("event.type.x == 1", "no such overload: .x of what is no object")]
    [InlineData("event.data.text > 100", "no such overload: >")]
    [InlineData("event.data.n + 1 > 2", "no such overload: +")]
    [InlineData("event.data.items[7] == null", "index out of bounds: 7")]
    [InlineData("1 / 0 == 1", "division by zero")]
    [InlineData("9223372036854775807 + 1 > 0", "integer overflow")]
    [InlineData("event.absent == 1 && true", "no such key: absent")]
    [InlineData("\"text\"", "the result is no bool")]
    public void What_cannot_be_evaluated_is_an_error_and_not_false(string expression, string problem) =>
        FluentActions.Invoking(() => Evaluate(expression)).Should().Throw<CelException>().WithMessage(problem);

    [Theory]
    [InlineData("event.type ==", "1:14: expected a value, not the end")]
    [InlineData("event.type = 'x'", "1:12: unexpected character '='")]
    [InlineData("true &&\n  other == 1", "2:3: 'other' is not known; known are event")]
    [InlineData("event.type == 'open", "1:15: unexpected character '''")]
    [InlineData("event.data.exists(event, true)", "1:12: there is no function exists of 3 values")]
    [InlineData("has(event)", "1:1: has() takes one member, such as has(event.data.x)")]
    [InlineData("(true", "1:6: expected ')', not the end")]
    [InlineData("true false", "1:6: expected an operator or the end, not 'false'")]
    [InlineData("'\\q' == ''", "1:1: unknown escape in '\\q'")]
    [InlineData("", "1:1: expected a value, not the end")]
    public void A_mistake_is_refused_with_its_place(string expression, string problem) =>
        FluentActions.Invoking(() => CelExpression.Parse(expression, "event")).Should().Throw<CelException>().WithMessage(problem);

    [Fact]
    public void Whole_numbers_are_divided_as_such() =>
        CelExpression.Parse("requests >= 4 && failures / requests == 0", "requests", "failures").Holds(name => name == "requests" ? 4L : 3L).Should().BeTrue();

    private static bool Evaluate(string expression) => CelExpression.Parse(expression, "event").Holds(_ => order);
}
