using System.Text.Json.Nodes;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Resort.Defaults;
using Resort.Reservation.Domain;

namespace Resort.Reservation.Features;

/// <summary>What the rules ask of a request, told by the rules themselves; and an order that can be tried.</summary>
internal static class RequestSchemas
{
    public static void DescribeRequests(this IServiceCollection services) => services.Configure<OpenApiOptions>(ApiDescription.Name, options =>
        options.AddDocumentTransformer((document, context, _) =>
        {
            var schemas = document.Components!.Schemas!;
            var order = (OpenApiSchema)schemas[nameof(ReservationRequest)];
            Describe(order, context.ApplicationServices.GetRequiredService<ReservationRules>());
            order.Examples = [Example(context.ApplicationServices.GetRequiredService<TimeProvider>())];
            Describe((OpenApiSchema)schemas[nameof(ResortRequest)], context.ApplicationServices.GetRequiredService<ResortRules>());
            return Task.CompletedTask;
        }));

    private static void Describe(OpenApiSchema schema, IValidator rules)
    {
        foreach (var member in rules.CreateDescriptor().GetMembersWithValidators())
            foreach (var (rule, _) in member)
                Describe(schema, member.Key.ToLowerInvariant(), rule);
    }

    private static void Describe(OpenApiSchema schema, string name, IPropertyValidator rule)
    {
        var field = (OpenApiSchema)schema.Properties![name];
        switch (rule)
        {
            case INotNullValidator or INotEmptyValidator:
                (schema.Required ??= new HashSet<string>()).Add(name);
                break;
            case IMaximumLengthValidator longest:
                field.MaxLength = longest.Max;
                break;
            case IBetweenValidator between:
                (field.Minimum, field.Maximum) = ($"{between.From}", $"{between.To}");
                break;
            case IEmailValidator:
                field.Format = "email";
                break;
        }
    }

    private static JsonObject Example(TimeProvider clock) => new()
    {
        ["resort"] = "jeju-ocean",
        ["date"] = Calendar.Today(clock).AddDays(30).ToString("O"),
        ["nights"] = 2,
        ["rooms"] = 1,
        ["persons"] = 2,
        ["name"] = "Kim Minji",
        ["phone"] = "010-1234-5678",
        ["paymenttype"] = "card",
    };
}
