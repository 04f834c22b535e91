using Resort.View.Database;

namespace Resort.View.Projections;

/// <summary>Listeners of this replica hear of what another one has written.</summary>
internal sealed class ChangeFollower(ViewDatabase database) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => database.FollowAsync(stoppingToken);
}
