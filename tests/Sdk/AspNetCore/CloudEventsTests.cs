using System.Net;
using System.Text;
using Dapr;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Resort.Tests.Sdk.AspNetCore;

/// <summary>What an endpoint gets to see of a CloudEvent.</summary>
public class CloudEventsTests
{
    private const string CloudEvents = "application/cloudevents+json";

    [Theory]
    [InlineData("""{"data":{"a":[1, "ü<"]}}""", """{"a":[1, "ü<"]}""", "application/json")]
    [InlineData("""{"data":[1,2],"datacontenttype":"application/json"}""", "[1,2]", "application/json")]
    [InlineData("""{"data":1.50}""", "1.50", "application/json")]
    [InlineData("""{"data":true}""", "true", "application/json")]
    [InlineData("""{"data":null}""", "null", "application/json")]
    [InlineData("""{"id":"1","DATA":{"a":1},"DataContentType":"application/vnd.resort+json"}""", """{"a":1}""", "application/vnd.resort+json")]
    [InlineData("""{"other":{"data":1},"data":2}""", "2", "application/json")]
    [InlineData("""{"data":1,"data":2}""", "2", "application/json")]
    public Task JSON_data_arrives_as_it_is(string envelope, string body, string contentType) =>
        Sees(envelope, body, contentType);

    [Theory]
    [InlineData("""{"data":"a\"b"}""", "\"a\\\"b\"", "application/json")]
    [InlineData("""{"data":"text","datacontenttype":"application/json; charset=utf-8"}""", "\"text\"", "application/json")]
    [InlineData("""{"data":"a\"b\u00fc","datacontenttype":"text/plain"}""", "a\"bü", "text/plain")]
    [InlineData("""{"data":"<a/>","datacontenttype":"application/xml; charset=iso-8859-1"}""", "<a/>", "application/xml")]
    [InlineData("""{"data":"{}","datacontenttype":"application/x+json"}""", "{}", "application/x+json")]
    [InlineData("""{"data":"text","datacontenttype":"no media type"}""", "\"text\"", "application/json")]
    [InlineData("""{"data":"text","datacontenttype":7}""", "\"text\"", "application/json")]
    public Task Text_is_JSON_or_bare_as_its_content_type_says(string envelope, string body, string contentType) =>
        Sees(envelope, body, contentType);

    [Fact]
    public Task Text_stays_JSON_when_decoding_is_suppressed() =>
        Sees("""{"data":"text","datacontenttype":"text/plain"}""", "\"text\"", "text/plain", new() { SuppressJsonDecodingOfTextPayloads = true });

    [Theory]
    [InlineData("""{"data_base64":"AQI="}""", "\u0001\u0002", "application/json")]
    [InlineData("""{"datacontenttype":"application/octet-stream","DATA_BASE64":"AQI="}""", "\u0001\u0002", "application/octet-stream")]
    [InlineData("""{"id":"1"}""", "", null)]
    public Task Binary_data_arrives_decoded_and_no_data_as_nothing(string envelope, string body, string? contentType) =>
        Sees(envelope, body, contentType);

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/cloudevents-batch+json")]
    [InlineData("Application/CloudEvents+json")]
    [InlineData("application/cloudevents+jsonx")]
    public async Task Other_content_types_pass_through(string contentType)
    {
        await using var app = await EchoAsync();
        (await PostAsync(app, """{"data":1}""", contentType)).Should().Be($$"""{{contentType}}|{"data":1}""");
    }

    [Theory]
    [InlineData("""{"data":1,"data_base64":"AQI="}""")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"data":1} and more""")]
    [InlineData("""{"data":{"a":1}""")]
    [InlineData("""{"data_base64":"%"}""")]
    [InlineData("""{"data_base64":7}""")]
    [InlineData("")]
    public async Task What_is_no_event_is_a_bad_request(string envelope)
    {
        await using var app = await EchoAsync();
        using var answer = await app.Http.PostAsync("/", Content(envelope, CloudEvents));
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Another_charset_is_understood()
    {
        await using var app = await EchoAsync();
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes("""{"data":"ü","datacontenttype":"text/plain"}"""));
        content.Headers.TryAddWithoutValidation("Content-Type", $"{CloudEvents}; charset=iso-8859-1");
        using var answer = await app.Http.PostAsync("/", content);
        (await answer.Content.ReadAsStringAsync()).Should().Be("text/plain|ü");
    }

    [Fact]
    public async Task A_large_event_in_many_pieces_arrives_whole()
    {
        await using var app = await EchoAsync();
        var text = new string('x', 3_000_000);
        (await PostAsync(app, $$"""{"data":"{{text}}"}""", CloudEvents)).Should().HaveLength("application/json|".Length + text.Length + 2).And.EndWith("xxx\"");
    }

    [Fact]
    public async Task An_endpoint_binds_the_data()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseCloudEvents();
            web.MapPost("/held", (Held held) => held.ReservationId);
        });
        (await PostAsync(app, """{"id":"1","data":{"reservationId":"r1"}}""", CloudEvents, "/held")).Should().Be("r1");
        using var answer = await app.Http.PostAsync("/held", Content("""{"id":"1"}""", CloudEvents));
        answer.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task The_envelope_is_back_when_the_pipeline_returns()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.Use(async (context, next) =>
            {
                var (body, type) = (context.Request.Body, context.Request.ContentType);
                await next(context);
                await context.Response.WriteAsync($"{ReferenceEquals(body, context.Request.Body)} {type == context.Request.ContentType}");
            });
            web.UseCloudEvents();
            web.Run(_ => Task.CompletedTask);
        });
        (await PostAsync(app, """{"data":1}""", CloudEvents)).Should().Be("True True");
    }

    [Theory]
    [InlineData(null, null, "id=7 numb=1 obj={\"a\": 1} type=held")]
    [InlineData("TYPE,id,data", null, "id=7 type=held")]
    [InlineData(null, "TYPE,obj", "id=7 numb=1")]
    [InlineData("id", "id", "id=7")]
    public async Task Attributes_become_headers_on_demand(string? included, string? excluded, string headers)
    {
        var options = new CloudEventsMiddlewareOptions
        {
            ForwardCloudEventPropertiesAsHeaders = true,
            IncludedCloudEventPropertiesAsHeaders = included?.Split(','),
            ExcludedCloudEventPropertiesFromHeaders = excluded?.Split(','),
        };
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseCloudEvents(options);
            web.Run(context => context.Response.WriteAsync(string.Join(' ', context.Request.Headers
                .Where(header => header.Key.StartsWith("Cloudevent.", StringComparison.Ordinal))
                .Select(header => $"{header.Key[11..]}={header.Value}")
                .Order())));
        });
        const string envelope =
            """{"ID":"7","type":"held","numb":1,"obj":{"a": 1},"data":1,"datacontenttype":"application/json","pubsubname":"p","traceparent":"t"}""";
        (await PostAsync(app, envelope, CloudEvents)).Should().Be(headers);
    }

    private static async Task Sees(string envelope, string body, string? contentType, CloudEventsMiddlewareOptions? options = null)
    {
        await using var app = await EchoAsync(options);
        (await PostAsync(app, envelope, CloudEvents)).Should().Be($"{contentType}|{body}");
        (await PostAsync(app, envelope, $"{CloudEvents}; charset=utf-8")).Should().Be($"{contentType}|{body}");
    }

    private static Task<TestApp> EchoAsync(CloudEventsMiddlewareOptions? options = null) => TestApp.StartAsync(web =>
    {
        web.UseCloudEvents(options ?? new CloudEventsMiddlewareOptions());
        web.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync($"{context.Request.ContentType}|{await body.ReadToEndAsync()}");
        });
    });

    private static async Task<string> PostAsync(TestApp app, string body, string contentType, string path = "/")
    {
        using var answer = await app.Http.PostAsync(path, Content(body, contentType));
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync();
    }

    private static ByteArrayContent Content(string body, string contentType)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return content;
    }

    private sealed record Held(string ReservationId);
}
