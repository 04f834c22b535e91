using System.Text.Json.Serialization;
using Resort.Defaults;

namespace Resort.View.Web;

/// <summary>Where the API begins: whoever knows this document finds everything else by its links.</summary>
internal sealed record EntryDocument
{
    [JsonPropertyName("_links")]
    public Links Links { get; } = Links.Self("/")
        .With("resorts", "/resorts{?page,size,sort}", when: true)
        .With("reserve", "/reservations", when: true, method: "POST")
        .With("reservations", "/reservations{?page,size,sort}", when: true)
        .With("payments", "/payments{?page,size,sort}", when: true)
        .With("issueds", "/issueds{?page,size,sort}", when: true)
        .With("views", "/views{?page,size,sort}", when: true)
        .With("search", "/views/search", when: true)
        .With("stream", "/views/stream", when: true)
        .With("points", "/points/search/findByPhoneNumber{?phoneNumber}", when: true)
        .With("pointHistories", "/pointHistories/search/findByPhoneNumberOrderByCreateTime{?phoneNumber,page,size}", when: true)
        .With("notifications", "/notifications{?reservationid}", when: true)
        .With("dead-letters", "/dead-letters{?page,size}", when: true)
        .With("operations", "/operations", when: true)
        .With("service-desc", "/swagger/v1/swagger.json", when: true)
        .With("service-doc", "/swagger", when: true);
}
