using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Resort.Tests.Sdk.AspNetCore;

/// <summary>Endpoints that only the sidecar may call.</summary>
public class AuthenticationTests
{
    [Theory]
    [InlineData("secret", "secret", HttpStatusCode.OK)]
    [InlineData("secret", "Secret", HttpStatusCode.Unauthorized)]
    [InlineData("secret", "", HttpStatusCode.Unauthorized)]
    [InlineData("secret", null, HttpStatusCode.Unauthorized)]
    [InlineData(" ", " ", HttpStatusCode.Unauthorized)]
    public async Task Only_the_applications_token_opens_the_door(string expected, string? sent, HttpStatusCode status)
    {
        await using var app = await TestApp.StartAsync(
            web => web.MapPost("/events", (HttpContext context) => context.User.Identity!.Name).RequireAuthorization("Dapr"),
            builder =>
            {
                builder.Services.AddAuthentication().AddDapr(options => options.Token = expected);
                builder.Services.AddAuthorization(options => options.AddDapr());
            });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/events");
        if (sent is not null)
            request.Headers.TryAddWithoutValidation("dapr-api-token", sent);
        using var answer = await app.Http.SendAsync(request);
        answer.StatusCode.Should().Be(status);
        if (status == HttpStatusCode.OK)
            (await answer.Content.ReadAsStringAsync()).Should().Be("Dapr");
    }

    [Fact]
    public async Task The_policy_can_have_another_name()
    {
        await using var app = await TestApp.StartAsync(
            web => web.MapGet("/", () => "").RequireAuthorization("sidecar-only"),
            builder =>
            {
                builder.Services.AddAuthentication().AddDapr();
                builder.Services.AddAuthorization(options => options.AddDapr(name: "sidecar-only"));
            });
        using var answer = await app.Http.GetAsync("/");
        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }
}
